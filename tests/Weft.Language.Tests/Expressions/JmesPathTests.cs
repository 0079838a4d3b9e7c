using System.Text.Json.Nodes;
using Weft.Language.Expressions;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Tests.Expressions;

public sealed class JmesPathTests
{
    private const string Shop = """
        {
          "orders": [
            {"id": 7, "total": 12.5, "state": "open", "lines": [{"sku": "a", "n": 2}, {"sku": "b", "n": 1}]},
            {"id": 8, "total": 99, "state": "shipped", "lines": []},
            {"id": 9, "total": 40, "state": "open", "lines": [{"sku": "a", "n": 5}]}
          ],
          "customer": {"name": "Ada", "e-mail": "a@b.c", "tags": ["vip", "new"], "vip": true, "note": null},
          "matrix": [[1, 2], [3, [4]], 5], "empty": [], "none": null, "text": "h\u00e9llo 😀", "numbers": [3, -1, 2.5]
        }
        """;

    [Theory]
    // Fields, indexes, slices
    [InlineData("customer.name", "\"Ada\"")]
    [InlineData("customer.\"e-mail\"", "\"a@b.c\"")]
    [InlineData("\"customer\".\"na\\u006de\"", "\"Ada\"")]
    [InlineData("customer.missing.deep", "null")]
    [InlineData("orders[0].id", "7")]
    [InlineData("orders[-1].id", "9")]
    [InlineData("orders[9]", "null")]
    [InlineData("customer[0]", "null")]
    [InlineData("numbers[::-1]", "[2.5,-1,3]")]
    [InlineData("numbers[1:]", "[-1,2.5]")]
    [InlineData("numbers[-2:-1]", "[-1]")]
    [InlineData("numbers[10:0:-2]", "[2.5]")]
    [InlineData("numbers[5:1]", "[]")]
    [InlineData("customer[0:1]", "null")]
    // Projections
    [InlineData("orders[*].id", "[7,8,9]")]
    [InlineData("orders[*].lines[0].sku", "[\"a\",\"a\"]")]
    [InlineData("orders[].lines[].n", "[2,1,5]")]
    [InlineData("orders[*].lines[*].n", "[[2,1],[],[5]]")]
    [InlineData("matrix[]", "[1,2,3,[4],5]")]
    [InlineData("matrix[][]", "[1,2,3,4,5]")]
    [InlineData("customer.*", "[\"Ada\",\"a@b.c\",[\"vip\",\"new\"],true]")]
    [InlineData("orders[*].missing", "[]")]
    [InlineData("orders[:2].id", "[7,8]")]
    [InlineData("orders[*].id | [0]", "7")]
    [InlineData("orders[*].lines | [0][0].sku", "\"a\"")]
    [InlineData("none[*]", "null")]
    [InlineData("customer.name[*]", "null")]
    // Filters and logic
    [InlineData("orders[?state == 'open'].id", "[7,9]")]
    [InlineData("orders[?total > `20` && state != 'shipped'].id", "[9]")]
    [InlineData("orders[?total > `20` || id == `7`].id | length(@)", "3")]
    [InlineData("orders[?!(state == 'open')].id", "[8]")]
    [InlineData("orders[?lines].id", "[7,9]")]
    [InlineData("orders[?lines[?sku == 'b']] | [0].id", "7")]
    [InlineData("orders[?state < 'z']", "[]")]
    [InlineData("none || customer.name", "\"Ada\"")]
    [InlineData("customer.vip && 'yes'", "\"yes\"")]
    [InlineData("!empty", "true")]
    [InlineData("`0` && 'zero is true'", "\"zero is true\"")]
    [InlineData("a || b && c", "null")]
    [InlineData("(none || customer).name", "\"Ada\"")]
    [InlineData("`1` == `1.0`", "true")]
    [InlineData("'1' == `1`", "false")]
    [InlineData("`{\"a\": [1]}` == `{\"a\": [1.0]}`", "true")]
    [InlineData("none == missing", "true")]
    [InlineData("`1` < 'a'", "null")]
    // Multi-select and literals
    [InlineData("orders[0].[id, state]", "[7,\"open\"]")]
    [InlineData("orders[*].{i: id, \"s\": state} | [1]", """{"i":8,"s":"shipped"}""")]
    [InlineData("none.[a, b]", "null")]
    [InlineData("[customer.name, `[1, {\"a\": null}]`, 'raw\\n', 'it\\'s']", """["Ada",[1,{"a":null}],"raw\\n","it's"]""")]
    [InlineData("`\"back\\`tick\"`", "\"back`tick\"")]
    [InlineData("@.customer.name", "\"Ada\"")]
    // Functions of the specification
    [InlineData("[abs(`-2`), ceil(`1.2`), floor(`-1.2`), avg(numbers), sum(numbers), avg(empty)]", "[2,2,-2,1.5,4.5,null]")]
    [InlineData("[max(numbers), min(numbers), max(`[\"a\", \"b\"]`), max(empty)]", "[3,-1,\"b\",null]")]
    [InlineData("[max_by(orders, &total).id, min_by(orders, &total).id]", "[8,7]")]
    [InlineData("sort_by(orders, &total)[*].id", "[7,9,8]")]
    [InlineData("sort(`[\"b\", \"A\", \"a\"]`)", """["A","a","b"]""")]
    [InlineData("map(&total, orders)", "[12.5,99,40]")]
    [InlineData("map(&missing, orders)", "[null,null,null]")]
    [InlineData("[length(text), length(orders), length(customer)]", "[7,3,5]")]
    [InlineData("[contains(text, 'llo'), contains(customer.tags, 'vip'), contains('a', `1`)]", "[true,true,false]")]
    [InlineData("[starts_with('abc', 'ab'), ends_with('abc', 'bc')]", "[true,true]")]
    [InlineData("join(', ', customer.tags)", "\"vip, new\"")]
    [InlineData("keys(customer) | sort(@) | [0]", "\"e-mail\"")]
    [InlineData("values(`{\"a\": 1, \"b\": 2}`)", "[1,2]")]
    [InlineData("merge(`{\"a\": 1, \"b\": 2}`, `{\"b\": 3}`)", """{"a":1,"b":3}""")]
    [InlineData("not_null(none, missing, 'x')", "\"x\"")]
    [InlineData("[reverse('aé'), reverse(`[1, 2]`)]", """["éa",[2,1]]""")]
    [InlineData(
        "[to_array('a'), to_array(`[1]`), to_number('1.5'), to_number('x'), to_number(`true`), to_string(`[1, \"a\"]`), to_string('s')]",
        """[["a"],[1],1.5,null,null,"[1,\"a\"]","s"]""")]
    [InlineData("[type('a'), type(`1`), type(`true`), type(none), type(orders), type(customer)]",
        """["string","number","boolean","null","array","object"]""")]
    // Functions added since
    [InlineData("items(`{\"a\": 1}`) | from_items(@)", """{"a":1}""")]
    [InlineData("group_by(orders, &state).open[*].id", "[7,9]")]
    [InlineData("zip(`[1, 2, 3]`, `[\"a\", \"b\"]`)", """[[1,"a"],[2,"b"]]""")]
    [InlineData("[find_first('banana', 'an'), find_last('banana', 'an'), find_first('banana', 'x'), find_first('banana', 'an', `2`)]",
        "[1,3,null,3]")]
    [InlineData("[upper('a'), lower('A'), trim(' a '), trim_left('xxa', 'x'), trim_right('a  ')]", """["A","a","a","a","a"]""")]
    [InlineData(
        "[pad_left('7', `3`, '0'), pad_right('a', `3`), replace('aaa', 'a', 'b', `2`), split('a-b', '-'), split('abc', ''), "
        + "split('a-b-c', '-', `1`)]", """["007","a  ","bba",["a","b"],["a","b","c"],["a","b-c"]]""")]
    [InlineData("let $limit = `20` in orders[?total > $limit].id", "[8,9]")]
    [InlineData("let $a = customer.name, $b = orders[0] in [$a, $b.id, let $a = 'inner' in $a]", """["Ada",7,"inner"]""")]
    [InlineData("orders[*].[let $o = @ in $o.id, id][]", "[7,7,8,8,9,9]")]
    public void Search_FindsWhatTheSpecificationSays(string expression, string expected) =>
        Assert.Equal(expected, JmesPath.Parse(expression).Search(JsonNode.Parse(Shop))?.ToJsonString(WeftJson.Options) ?? "null");

    [Theory]
    [InlineData("", "syntax")]
    [InlineData("a.", "syntax")]
    [InlineData(".a", "syntax")]
    [InlineData("a..b", "syntax")]
    [InlineData("a[", "syntax")]
    [InlineData("a[b]", "syntax")]
    [InlineData("a[1", "syntax")]
    [InlineData("a[1:2:3:4]", "syntax")]
    [InlineData("a b", "syntax")]
    [InlineData("a = b", "syntax")]
    [InlineData("a[?b", "syntax")]
    [InlineData("{a: b", "syntax")]
    [InlineData("{a}", "syntax")]
    [InlineData("[a,]", "syntax")]
    [InlineData("'a", "syntax")]
    [InlineData("`a`", "syntax")]
    [InlineData("\"\\z\"", "syntax")]
    [InlineData("&a", "syntax")]
    [InlineData("a.1", "syntax")]
    [InlineData("*a", "syntax")]
    [InlineData("a#", "syntax")]
    [InlineData("a || ", "syntax")]
    [InlineData("\"length\"(a)", "syntax")]
    [InlineData("let $a = b", "syntax")]
    [InlineData("a[::0]", "invalid-value")]
    [InlineData("lenght(a)", "unknown-function")]
    [InlineData("length()", "invalid-arity")]
    [InlineData("abs(a, b)", "invalid-arity")]
    public void Parse_AFaultyExpression_IsAnErrorOfItsKind(string expression, string kind) =>
        Assert.Equal(kind, Assert.Throws<JmesPathException>(() => JmesPath.Parse(expression)).Kind);

    [Theory]
    [InlineData("abs('a')", "invalid-type")]
    [InlineData("sum(`[1, \"a\"]`)", "invalid-type")]
    [InlineData("sort(`[1, \"a\"]`)", "invalid-type")]
    [InlineData("sort_by(orders, &lines)", "invalid-type")]
    [InlineData("sort_by(orders, &missing)", "invalid-type")]
    [InlineData("sort_by(orders, total)", "invalid-type")]
    [InlineData("length(&a)", "invalid-type")]
    [InlineData("join(',', `[1]`)", "invalid-type")]
    [InlineData("length(none)", "invalid-type")]
    [InlineData("keys(orders)", "invalid-type")]
    [InlineData("$nowhere", "undefined-variable")]
    [InlineData("pad_left('a', `-1`)", "invalid-value")]
    [InlineData("pad_left('a', `1000000000`)", "limit")]
    [InlineData("from_items(`[[1, 2]]`)", "invalid-value")]
    public void Search_WhatAFunctionCantUse_IsAnErrorOfItsKind(string expression, string kind) =>
        Assert.Equal(kind, Assert.Throws<JmesPathException>(() => JmesPath.Parse(expression).Search(JsonNode.Parse(Shop))).Kind);

    [Fact]
    public void Error_SaysWhatWhereAndWhatWasMeant()
    {
        var exception = Assert.Throws<JmesPathException>(() => JmesPath.Parse("a.b | lenght(@)"));

        Assert.Equal("There is no function 'lenght'. Did you mean 'length'? (column 7, in: a.b | lenght(@))", exception.Message);
        Assert.Equal(("jmespath_unknown_function", 6), (exception.Code, exception.Offset));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("!")]
    [InlineData("a[?")]
    [InlineData("length(")]
    public void Nesting_TooDeep_IsALimit_NotTheStacksEnd(string link)
    {
        var exception = Assert.Throws<JmesPathException>(() => JmesPath.Parse(string.Concat(Enumerable.Repeat(link, 50_000))));

        Assert.Equal("limit", exception.Kind);
    }

    [Theory]
    [InlineData(".a")]
    [InlineData("[*]")]
    [InlineData(" || a")]
    [InlineData(" | a")]
    [InlineData(" == a")]
    public void Chain_TooLong_IsALimit_NotTheStacksEnd(string link)
    {
        var exception = Assert.Throws<JmesPathException>(() => JmesPath.Parse("a" + string.Concat(Enumerable.Repeat(link, 50_000))));

        Assert.Equal("limit", exception.Kind);
    }

    [Fact]
    public void Search_MoreWorkThanAllowed_IsALimit()
    {
        var numbers = new JsonArray([.. Enumerable.Range(0, 3000).Select(x => (JsonNode)x)]);

        var exception = Assert.Throws<JmesPathException>(
            () => JmesPath.Parse("let $all = @ in map(&length($all[?@ > `1`]), @)").Search(
                numbers, new TemplateLimits { Steps = 100_000 }));

        Assert.Equal("limit", exception.Kind);
    }

    [Fact]
    public void Search_AValueOfTheDocument_IsACopy()
    {
        var document = JsonNode.Parse(Shop)!;

        var found = JmesPath.Parse("customer").Search(document)!;
        found["name"] = "Bob";

        Assert.Null(found.Parent);
        Assert.Equal("Ada", document["customer"]!["name"]!.GetValue<string>());
    }
}
