"""What a revision of a paper changed, claim by claim, exhibit by exhibit, sentence by sentence."""
