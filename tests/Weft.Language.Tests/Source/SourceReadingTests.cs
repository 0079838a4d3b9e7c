using System.Text;
using Weft.Language.Diagnostics;
using Weft.Language.Source;
using Weft.Language.Tests.Loading;

namespace Weft.Language.Tests.Source;

public sealed class SourceReadingTests
{
    [Theory]
    [InlineData("yes", "\"yes\"")]
    [InlineData("no", "\"no\"")]
    [InlineData("on", "\"on\"")]
    [InlineData("off", "\"off\"")]
    [InlineData("true", "true")]
    [InlineData("False", "false")]
    [InlineData("\"true\"", "\"true\"")]
    [InlineData("~", "null")]
    [InlineData("null", "null")]
    [InlineData("42", "42")]
    [InlineData("+7", "7")]
    [InlineData("007", "7")]
    [InlineData("0x1F", "31")]
    [InlineData("0o17", "15")]
    [InlineData("1.50", "1.50")]
    [InlineData(".5", "0.5")]
    [InlineData("-1.", "-1")]
    [InlineData("1e3", "1e3")]
    [InlineData("12345678901234567890123", "12345678901234567890123")]
    [InlineData("3.14159265358979323846", "3.14159265358979323846")]
    [InlineData("'42'", "\"42\"")]
    [InlineData("2.0.0", "\"2.0.0\"")]
    [InlineData("1_000", "\"1_000\"")]
    [InlineData("12:30", "\"12:30\"")]
    [InlineData("2024-01-31", "\"2024-01-31\"")]
    [InlineData("!!str 42", "\"42\"")]
    [InlineData("1.2.3", "\"1.2.3\"")]
    [InlineData("-", "\"-\"", true)]
    public void Read_AScalar_IsWhatTheCoreSchemaSays(string yaml, string json, bool quoted = false)
    {
        var root = Read($"v: {(quoted ? $"'{yaml}'" : yaml)}");

        Assert.Equal(json, root["v"].ToJson()?.ToJsonString() ?? "null");
    }

    [Fact]
    public void Read_AnAlias_SharesTheNodeOfItsAnchor()
    {
        var root = Read("a: &x { n: 1 }\nb: *x\n");

        Assert.Same(root["a"], root["b"]);
    }

    [Fact]
    public void Read_AMergeKey_FillsInWhatTheMappingLeavesOut()
    {
        var root = Read("base: &b { n: 1, m: 2 }\nx: { <<: *b, n: 3 }\n");

        Assert.Equal("""{"n":3,"m":2}""", root["x"].ToJson()!.ToJsonString());
    }

    [Fact]
    public void Read_Json_KnowsLinesAndColumnsInCharacters()
    {
        var root = Read("{\n  \"ä€😀\": [1,\n    {\"x\": \"y\"}]\n}");
        var inner = (SourceMap)((SourceList)root["ä€😀"]!).Items[1];

        Assert.Equal((3, 5), (inner.Line, inner.Column));
        Assert.Equal((3, 11), (inner["x"]!.Line, inner["x"]!.Column));
        Assert.Equal((2, 11), (root["ä€😀"]!.Line, root["ä€😀"]!.Column));
    }

    [Fact]
    public void Read_ByteOrderMarkAndWindowsLineEnds_ChangeNothing()
    {
        var root = Read("\uFEFFa: 1\r\nb: |\r\n  one\r\n  two\r\n");

        Assert.Equal("""{"a":1,"b":"one\ntwo\n"}""", root.ToJson()!.ToJsonString());
        Assert.Equal(2, root["b"]!.Line);
    }

    [Fact]
    public void Read_AFlowMappingThatIsNoJson_IsYaml() =>
        Assert.Equal("""{"a":[1,"b"]}""", Read("{a: [1, b]}").ToJson()!.ToJsonString());

    [Fact]
    public void Load_AnAliasBomb_IsRefused()
    {
        var text = new StringBuilder("name: bomb\nx-0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9]\n");
        for (var i = 1; i < 12; i++)
        {
            text.Append($"x-{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n");
        }

        var finding = Assert.Single(Load.Findings(text + "tasks: [{ id: a }]\n"));

        Assert.Contains(
            "WEFT1903 With its aliases written out, the text holds more than 500,000 values.", finding, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AReferenceBomb_IsRefused()
    {
        var text = new StringBuilder("name: bomb\nx-0: [1, 2, 3, 4, 5, 6, 7, 8, 9]\n");
        for (var i = 1; i < 12; i++)
        {
            text.Append($"x-{i}: [{string.Join(", ", Enumerable.Repeat($"{{ $ref: local::x-{i - 1} }}", 9))}]\n");
        }

        Assert.Contains(Load.Findings(text + "tasks: [{ id: a }]\n"), f => f.Contains("WEFT1903", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(99, false)]
    [InlineData(101, true)]
    [InlineData(50_000, true)]
    public void Load_DeepNesting_IsRefusedBeyondTheLimit(int levels, bool refused)
    {
        var yaml = $"name: deep\nx-deep: {new string('[', levels)}{new string(']', levels)}\ntasks: [{{ id: a }}]\n";
        var json = $"{{\"name\":\"deep\",\"x-deep\":{new string('[', levels)}{new string(']', levels)},\"tasks\":[{{\"id\":\"a\"}}]}}";

        Assert.Equal(refused, Load.Findings(yaml).Any(f => f.Contains("WEFT1902", StringComparison.Ordinal)));
        Assert.Equal(refused, Load.Findings(json, file: "demo.json").Any(f => f.Contains("WEFT1902", StringComparison.Ordinal)));
    }

    [Fact]
    public void Load_ATextBeyondTenMebi_IsRefusedWithoutReading() =>
        Assert.Equal(
            "1:1 WEFT1901 The text is 10,485,761 characters long; at most 10,485,760 are read. Split the workflow, or keep its data "
            + "elsewhere.",
            Assert.Single(Load.Findings(new string('[', (10 * 1024 * 1024) + 1))));

    [Fact]
    public void Load_BrokenJson_SaysWhere() =>
        Assert.StartsWith("3:3 WEFT1001 This is not valid JSON: ",
            Assert.Single(Load.Findings("{\n  \"name\": \"x\",\n  oops\n}", file: "demo.json")), StringComparison.Ordinal);

    [Fact]
    public void Load_HalfASurrogatePair_IsRefusedInJsonAndReplacedInYaml()
    {
        Assert.Equal("1:16 WEFT1001 This is not valid JSON: an escape is half of a surrogate pair.",
            Assert.Single(Load.Findings("{\"name\":\"demo\",\"\\ud800\":1}", file: "demo.json")));
        Assert.Equal("\"a \uFFFD\"", Read("v: \"a \uD800\"")["v"].ToJson()!.ToJsonString(WeftJson.Options));
    }

    [Fact]
    public void Load_AnEmptyText_SaysWhatIsNeeded() =>
        Assert.Equal("1:1 WEFT1005 The text is empty. A workflow needs 'workflow', 'tasks' or 'steps'.",
            Assert.Single(Load.Findings("# nothing\n")));

    private static SourceMap Read(string text)
    {
        var bag = new DiagnosticBag(200);
        var root = SourceReader.Read(text, null, bag);
        Assert.Empty(bag.ToList(null));
        return (SourceMap)root!;
    }
}
