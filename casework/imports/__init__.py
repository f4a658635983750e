"""Cases from spreadsheets and from platforms: read, judged, entered and taken back in sets."""
