"""How the sample pictures and the short video are drawn."""
