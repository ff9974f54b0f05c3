"""How the fake answers: simple honest rules over the request alone, one module per task."""
