"""Raw files in the forms that researchers have, each as a frame that knows its lines."""
