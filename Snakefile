# Builds the paper: `./bukti build`, or `snakemake` alone. Any paper's Snakefile says just this.
from bukti.locate import engine_snakefile


module bukti:
    snakefile: engine_snakefile()


use rule * from bukti
