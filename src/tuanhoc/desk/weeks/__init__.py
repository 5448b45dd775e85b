"""A Week on the coordinator's pages: fields as typed, read into a draft, each beside the sentence it came from."""
