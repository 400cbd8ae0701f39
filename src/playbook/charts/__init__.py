"""One function per picture: the system in, a plotly figure as plain JSON out.

``alerting``, ``capacity``, ``error_budget``, ``retries``, ``telemetry`` and ``tenancy`` draw studies and so
need arrays; the others run in a browser.
"""
