using System.Text;
using System.Text.Json;
using Weft.Agents.Models.Providers;

namespace Weft.Agents.Tests.Models.Providers;

public sealed class UnsoundJsonTests
{
    [Theory]
    [InlineData(@"cut off \ud83d", "cut off \uFFFD")]
    [InlineData(@"\uDE00 first", "\uFFFD first")]
    [InlineData(@"\ude00\ud83d", "\uFFFD\uFFFD")]
    [InlineData(@"\ud83d\ud83d\ude00", "\uFFFD\U0001F600")]
    [InlineData(@"\ud83d\n", "\uFFFD\n")]
    [InlineData(@"whole \uD83D\uDE00", "whole \U0001F600")]
    [InlineData(@"written \\ud83d", @"written \ud83d")]
    [InlineData(@"\\\ud83d", "\\\uFFFD")]
    [InlineData(@"caf\u00e9 \ud7ff", "café \ud7ff")]
    public void Text_WithHalfAPairOfSurrogates_IsRead(string json, string expected) =>
        Assert.Equal(expected, Said(Encoding.ASCII.GetBytes(json)));

    [Fact]
    public void Text_ThatIsNoUtf8_IsRead() => Assert.Equal("caf\uFFFD", Said([.. "caf"u8, 0xE9]));

    [Fact]
    public void Body_WithAByteOrderMark_IsRead()
    {
        var body = Encoding.UTF8.Preamble.ToArray().Concat("""{"choices":[{"message":{"content":"x"}}]}"""u8.ToArray()).ToArray();

        Assert.Equal("x", OpenAiWire.Reply(ReplyJson.Parse(body)).Text);
    }

    [Fact]
    public void Body_ThatIsSound_IsLeftAsItIs()
    {
        ReadOnlyMemory<byte> body = Encoding.UTF8.GetBytes("""{"a":"日本 \u00e9"}""");

        Assert.Equal(body, UnsoundJson.Mend(body));
    }

    [Fact]
    public void Arguments_WithHalfAPairOfSurrogates_AreRead()
    {
        var call = ReplyJson.ToolCall("c", "get", JsonSerializer.SerializeToElement(@"{""a"":""x\ud83d""}"));

        Assert.Equal("x\uFFFD", call.Arguments!["a"]!.ToString());
    }

    [Fact]
    public void Error_WithHalfAPairOfSurrogates_SaysWhatItSays()
    {
        var error = ErrorBody.Parse("""{"error":{"code":"rate_limit_exceeded","message":"\ud83d busy"}}"""u8.ToArray());

        Assert.Equal(("rate_limit_exceeded", "\uFFFD busy"), (Assert.Single(error.Words), error.Detail));
    }

    private static string Said(byte[] text) => OpenAiWire
        .Reply(ReplyJson.Parse((byte[])[.. "{\"choices\":[{\"message\":{\"content\":\""u8, .. text, .. "\"}}]}"u8])).Text;
}
