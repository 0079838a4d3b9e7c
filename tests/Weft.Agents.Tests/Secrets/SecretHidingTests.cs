using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Agents.Secrets;

namespace Weft.Agents.Tests.Secrets;

public sealed class SecretHidingTests
{
    private const string Value = "p\"ä/ss+w ord?<1>";

    [Fact]
    public void Value_IsHidden_UnderItsName() => Assert.Equal("Bearer [env.TOKEN]!", Hiding(("TOKEN", Value)).Hide($"Bearer {Value}!"));

    [Fact]
    public void Value_InTheFormsOfUrls_IsHidden()
    {
        string[] forms = [Uri.EscapeDataString(Value), Uri.EscapeDataString(Value).ToLowerInvariant(), WebUtility.UrlEncode(Value)];

        Assert.All(forms, form => Assert.Equal("?k=[env.TOKEN]&x", Hiding(("TOKEN", Value)).Hide($"?k={form}&x")));
    }

    [Theory]
    [InlineData("""p\"ä/ss+w ord?<1>""")]
    [InlineData("""p\"ä\/ss+w ord?<1>""")]
    [InlineData("""p\u0022\u00E4/ss\u002Bw ord?\u003C1\u003E""")]
    [InlineData("""p\u0022\u00e4/ss\u002bw ord?\u003c1\u003e""")]
    [InlineData("""p\"\u00e4/ss+w ord?<1>""")]
    [InlineData("""p\"\u00e4\/ss+w ord?<1>""")]
    public void Value_InTheFormsOfJson_IsHidden(string form)
    {
        Assert.Equal(Value, JsonSerializer.Deserialize<string>($"\"{form}\""));
        Assert.Equal("""{"k":"[env.TOKEN]"}""", Hiding(("TOKEN", Value)).Hide($$"""{"k":"{{form}}"}"""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ada:")]
    [InlineData("user:")]
    [InlineData("admin:")]
    public void Value_InBase64_IsHidden_WhereverItBegins(string before)
    {
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(before + Value + "."));

        var shown = Hiding(("TOKEN", Value)).Hide($"Basic {encoded}");

        Assert.Contains("[env.TOKEN]", shown, StringComparison.Ordinal);
        Assert.True(shown.Length <= "Basic [env.TOKEN]".Length + (before.Length * 2) + 6, shown);
    }

    [Fact]
    public void Value_WithWhiteSpaceAround_IsHidden_AsHeadersSendIt() =>
        Assert.Equal("'[env.TOKEN]'", Hiding(("TOKEN", "s3cret-value\n")).Hide("'s3cret-value'"));

    [Fact]
    public void LongerValue_IsHiddenWhole_ThoughAnotherIsAPartOfIt() =>
        Assert.Equal("[env.LONG] [env.SHORT]", Hiding(("SHORT", "abcdef"), ("LONG", "abcdef-ghijkl")).Hide("abcdef-ghijkl abcdef"));

    [Fact]
    public void ValuesThatOverlap_LeaveNoRest() =>
        Assert.Equal("<[env.LONG]>", Hiding(("SHORT", "abcdefg"), ("LONG", "efghijklmnop")).Hide("<abcdefghijklmnop>"));

    [Fact]
    public void OneValueOfTwoNames_IsShownUnderTheFirst() =>
        Assert.Equal("[env.A]", Hiding(("A", "abcdefg"), ("B", "abcdefg")).Hide("abcdefg"));

    [Fact]
    public void NameInTheSign_IsNotTakenForAValue() =>
        Assert.Equal("[env.openai_key]", Hiding(("openai_key", "sk-0123456789"), ("VENDOR", "openai")).Hide("sk-0123456789"));

    [Theory]
    [InlineData("true")]
    [InlineData("eu-1")]
    [InlineData("12345")]
    public void ShortValue_IsNotHidden_ForItStandsInOrdinaryText(string value) =>
        Assert.Equal($"is {value} of 123456", Hiding(("X", value)).Hide($"is {value} of 123456"));

    [Fact]
    public void Tree_IsCleanInNamesTextsAndNumbers()
    {
        var node = JsonNode.Parse("""{"s3cret-value":["s3cret-value",{"pin":123456}],"n":1234567,"b":true,"z":null}""");

        var shown = Hiding(("TOKEN", "s3cret-value"), ("PIN", "123456")).Hide(node);

        Assert.Equal("""{"[env.TOKEN]":["[env.TOKEN]",{"pin":"[env.PIN]"}],"n":"[env.PIN]7","b":true,"z":null}""", shown!.ToJsonString());
    }

    [Fact]
    public void Text_WithoutValues_IsTheSame()
    {
        const string Text = "nothing of the kind";

        Assert.Same(Text, Hiding(("TOKEN", Value)).Hide(Text));
    }

    private static SecretHiding Hiding(params (string Name, string Value)[] secrets) =>
        SecretHiding.Of([.. secrets.Select(s => KeyValuePair.Create(s.Name, s.Value))]);
}
