using Weft.Language.Schemas;

namespace Weft.Language.Tests.Schemas;

public sealed class LenientJsonTests
{
    [Theory]
    [InlineData("""{"a": 1}""")]
    [InlineData("""Sure! Here it is: {"a": 1} Anything else?""")]
    [InlineData("```json\n{\"a\": 1}\n```")]
    [InlineData("First [1] then:\n```\n{\"a\": 1}\n```")]
    [InlineData("""{"a": 1,}""")]
    [InlineData("""I thought of {this} but {"a": 1} is better""")]
    public void Extract_FindsTheJsonInWhatModelsWrite(string text)
    {
        Assert.True(LenientJson.TryExtract(text, out var value, out _));
        Assert.Equal("""{"a":1}""", value!.ToJsonString());
    }

    [Theory]
    [InlineData("", "The answer is empty.")]
    [InlineData("I cannot do that.", "The answer holds no JSON.")]
    [InlineData("""{"a": """, "The answer is not valid JSON: it breaks off at line 1, position 6")]
    public void Extract_OfNoJson_SaysSo(string text, string fault)
    {
        Assert.False(LenientJson.TryExtract(text, out _, out var said));
        Assert.Equal(fault, said);
    }

    [Theory]
    [InlineData("""{"a": [1, 2,], /* so many */ "b": null,} // done""", """{"a":[1,2],"b":null}""")]
    [InlineData(" 1 ", "1")]
    public void Parse_OfJsonWithCommentsAndTrailingCommas_IsTheValue(string text, string value) =>
        Assert.Equal(value, LenientJson.Parse(text)?.ToJsonString());

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("so: {}")]
    [InlineData("""{"a": 1, "a": 2}""")]
    public void Parse_OfAnythingElse_IsNothing(string text) => Assert.Null(LenientJson.Parse(text));
}
