"""Snakemake's events as lines of JSON, from which `bukti build` draws its progress."""

from __future__ import annotations

import json
import sys
from logging import LogRecord

from snakemake_interface_logger_plugins.base import LogHandlerBase
from snakemake_interface_logger_plugins.common import LogEvent

PREFIX = "\x1e"
_FIELDS = {
    LogEvent.RUN_INFO: ("total_job_count", "stats"),
    LogEvent.JOB_INFO: ("jobid", "rule_name"),
    LogEvent.JOB_FINISHED: ("job_id",),
    LogEvent.JOB_ERROR: ("jobid", "rule_name"),
    LogEvent.PROGRESS: ("done", "total"),
}


class LogHandler(LogHandlerBase):
    """Writes each event that matters as one line: a record separator, then JSON."""

    def emit(self, record: LogRecord) -> None:
        """Write the record's event, if it is one that matters."""
        event = getattr(record, "event", None)
        if event is LogEvent.ERROR or (event is None and record.levelname == "ERROR"):
            self._write({"event": "error", "text": record.getMessage()})
        elif event in _FIELDS:
            fields = {name: getattr(record, name, None) for name in _FIELDS[event]}
            self._write({"event": str(event), **fields})

    def _write(self, event: dict[str, object]) -> None:
        sys.stdout.write(f"{PREFIX}{json.dumps(event, default=str)}\n")
        sys.stdout.flush()

    @property
    def writes_to_stream(self) -> bool:
        """Yes: to standard output."""
        return True

    @property
    def writes_to_file(self) -> bool:
        """No."""
        return False

    @property
    def has_filter(self) -> bool:
        """Yes: it chooses events itself."""
        return True

    @property
    def has_formatter(self) -> bool:
        """Yes: it writes JSON."""
        return True

    @property
    def needs_rulegraph(self) -> bool:
        """No."""
        return False
