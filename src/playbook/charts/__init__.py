"""One function per picture: the system in, a plotly figure as plain JSON out.

``capacity``, ``retries`` and ``tenancy`` draw studies and so need arrays; the others run in a browser.
"""
