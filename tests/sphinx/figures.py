"""Figures as notebooks store them."""

FIGURE: dict[str, object] = {
    "data": [{"type": "bar", "name": "bill", "x": ["M6", "M36"], "y": [14284.2, 30755.1]}],
    "layout": {
        "title": {"text": "The bill <b>doubled</b>"},
        "xaxis": {"title": {"text": "era"}},
        "yaxis": {"title": {"text": "dollars a month"}, "tickformat": "$,.0f"},
        "template": {"layout": {"font": {"size": 99}}},
        "height": 440,
        "meta": {"alt": "Two bars: <14 and 31 thousand.", "chart": "cost.bill", "args": {}},
    },
}
