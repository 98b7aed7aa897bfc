# What an R notebook says to bukti: bukti_read, bukti_claim, bukti_claims, bukti_figure, bukti_table.
# In a notebook: source(Sys.getenv("BUKTI_R")). Needs jsonlite and IRdisplay, which IRkernel brings.

.bukti <- jsonlite::fromJSON(Sys.getenv("BUKTI_CONTEXT"), simplifyDataFrame = FALSE)

bukti_read <- function(name) {
  place <- .bukti$csv[[name]]
  if (is.null(place)) {
    stop("no clean table \"", name, "\" here; there are: ", toString(names(.bukti$csv)))
  }
  utils::read.csv(place$path, colClasses = unlist(place$columns), na.strings = "",
                  check.names = FALSE, encoding = "UTF-8")
}

.bukti_plain <- function(value) {
  if (is.factor(value) || inherits(value, c("Date", "POSIXt"))) value <- as.character(value)
  if (is.numeric(value)) value <- signif(as.numeric(value), 12)
  unname(value)
}

.bukti_rows <- function(frame) {
  lapply(seq_len(nrow(frame)), function(row) {
    lapply(as.list(frame[row, , drop = FALSE]), function(cell) {
      if (is.na(cell)) NULL else .bukti_plain(cell)
    })
  })
}

# The bundle goes as text, so that no digit is lost on the way.
.bukti_show <- function(data, card, png = NULL) {
  text <- jsonlite::toJSON(data, auto_unbox = TRUE, digits = NA, null = "null", na = "null")
  shown <- list("text/plain" = card, "application/vnd.bukti.result+json" = as.character(text))
  if (!is.null(png)) shown[["image/png"]] <- png
  IRdisplay::publish_mimebundle(shown)
  invisible(NULL)
}

bukti_claim <- function(id, value, unit = NULL, rows = NULL) {
  value <- .bukti_plain(value)
  rows <- if (is.null(rows)) list() else .bukti_rows(rows)
  data <- list(version = 1, kind = "claim", id = id,
               value = if (length(value) == 1) value else I(value), unit = unit, rows = rows)
  .bukti_show(data, paste(c(id, "=", toString(value), unit), collapse = " "))
}

bukti_claims <- function(family, frame, key, value, unit = NULL) {
  keys <- gsub("[- ]", "_", tolower(as.character(frame[[key]])))
  rows <- .bukti_rows(frame)
  members <- lapply(seq_along(keys), function(i) {
    list(key = keys[i], value = rows[[i]][[value]], row = rows[[i]])
  })
  data <- list(version = 1, kind = "family", id = family, unit = unit, members = members)
  .bukti_show(data, paste0(family, ".", keys, " = ", frame[[value]], collapse = "\n"))
}

# draw(language, t) draws with any R graphics; width is "text" or "half", height is in millimetres.
bukti_figure <- function(id, draw, width = "text", height = 70) {
  millimetres <- c(text = 160, half = 78)[[width]]
  inches <- c(millimetres, height) / 25.4
  files <- list()
  for (language in .bukti$languages) {
    words <- function(key) {
      word <- .bukti$labels[[key]][[language]]
      if (is.null(word)) stop("manuscript/labels.yaml has no \"", key, "\" in ", language)
      word
    }
    places <- c(svg = tempfile(fileext = ".svg"), png = tempfile(fileext = ".png"))
    grDevices::svg(places[["svg"]], inches[1], inches[2], pointsize = 9, family = "Source Sans 3")
    draw(language, words)
    grDevices::dev.off()
    grDevices::png(places[["png"]], inches[1], inches[2], units = "in", res = 200, pointsize = 9,
                   family = "Source Sans 3", type = "cairo")
    draw(language, words)
    grDevices::dev.off()
    bytes <- readBin(places[["png"]], "raw", file.size(places[["png"]]))
    files[[language]] <- list(svg = paste(readLines(places[["svg"]]), collapse = "\n"),
                              png = gsub("\n", "", jsonlite::base64_enc(bytes)))
  }
  data <- list(version = 1, kind = "figure", id = id, width = millimetres, files = files)
  .bukti_show(data, paste("figure", id), files[[1]]$png)
}

# A number as a language writes it, for axes and labels.
bukti_number <- function(value, language, digits = 0) {
  signs <- .bukti$separators[[language]]
  text <- formatC(abs(value), format = "f", digits = digits, big.mark = signs$group,
                  decimal.mark = signs$decimal)
  paste0(ifelse(value < 0, "\u2212", ""), text)
}

bukti_table <- function(id, frame, columns = names(frame), digits = list()) {
  if (length(digits) == 0) digits <- structure(list(), names = character())
  data <- list(version = 1, kind = "table", id = id, columns = I(columns), digits = as.list(digits),
               rows = .bukti_rows(frame[, columns, drop = FALSE]))
  .bukti_show(data, paste0("table ", id, ": ", nrow(frame), " rows"))
}
