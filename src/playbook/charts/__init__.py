"""One function per picture: the system in, a plotly figure as plain JSON out."""
