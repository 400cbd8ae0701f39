"""Tags in each form, and the text that must not be taken for a tag."""

import ibis
import pyarrow as pa
import pytest
from pyarrow import parquet

from playbook.billing import tags

TEXTS = {
    '{"tenant": "a"}': "a",
    '{"tenant":"a"}': "a",
    ' { "x" : 1 , "tenant" : "a" } ': "a",
    '{"note": "\\"tenant\\": \\"b\\"", "tenant": "a"}': "a",
    '{"tenant": "say \\"a\\""}': 'say "a"',
    '{"tenant": "caf\\u00e9, {1}"}': "café, {1}",
    '{"owner": {"tenant": "b"}}': None,
    '{"owner": {"tenant": "b"}, "tenant": "a"}': "a",
    '{"Tenant": "a"}': None,
    '{"my_tenant": "a"}': None,
    '{"tenant": null}': None,
    '{"tenant": ""}': None,
    '{"tenant": 7}': "7",
    '{"tenant": true}': "true",
    "{'tenant': 'a'}": None,
    '{"tenant": "a"} and more': None,
    '["tenant", "a"]': None,
    "tenant=a": None,
    "{}": None,
}


@pytest.mark.parametrize(("text", "tenant"), TEXTS.items(), ids=list(TEXTS))
def test_json_text_is_read_as_json(text: str, tenant: str | None) -> None:
    table = ibis.memtable(pa.table({"Tags": [text]}))
    assert tags.value(table, "tenant").to_pyarrow().to_pylist() == [tenant]


@pytest.mark.parametrize("key", ["aws:createdBy", "a.b", "cost center", "team/name", "größe", "$x", "0"])
def test_a_key_is_taken_as_it_stands(key: str) -> None:
    table = ibis.memtable(pa.table({"Tags": [f'{{"{key}": "a", "a": {{"b": "c"}}}}']}))
    assert tags.value(table, key).to_pyarrow().to_pylist() == ["a"]


@pytest.mark.parametrize("key", ["", "it's", 'say "a"', "a\\b"])
def test_a_key_that_engines_spell_differently_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="without quotes and backslashes"):
        tags.value(ibis.memtable(pa.table({"Tags": ["{}"]})), key)


PAIRS = pa.struct({"key": pa.string(), "value": pa.string()})
FORMS = {
    "MAP": pa.array([[("tenant", "a")], [("x", "b")], [], None], pa.map_(pa.string(), pa.string())),
    "STRUCT": pa.array(
        [{"tenant": "a"}, {"x": "b"}, {}, None], pa.struct({"tenant": pa.string(), "x": pa.string()})
    ),
    "list": pa.array(
        [[{"key": "tenant", "value": "a"}], [{"key": "x", "value": "b"}], [], None], pa.list_(PAIRS)
    ),
    "JSON text": pa.array(['{"tenant": "a"}', '{"x": "b"}', "{}", None]),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_each_form_holds_the_same_tags(form: pa.Array, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("tags") / "tags.parquet"
    parquet.write_table(pa.table({"Tags": form}), file)
    table = ibis.duckdb.connect().read_parquet(file)
    assert tags.value(table, "tenant").to_pyarrow().to_pylist() == ["a", None, None, None]
    assert tags.any_tag(table).to_pyarrow().to_pylist() == [True, True, False, False]


def test_a_column_of_numbers_holds_no_tags() -> None:
    with pytest.raises(ValueError, match="Tags is int64: needed is JSON text, MAP, STRUCT"):
        tags.value(ibis.memtable(pa.table({"Tags": [1]})), "tenant")
