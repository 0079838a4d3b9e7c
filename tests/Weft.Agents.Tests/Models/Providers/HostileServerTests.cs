using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Weft.Agents.Models.Records;
using Weft.Language;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Tests.Models.Providers;

/// <summary>What servers do that mean ill, or are ill, and what a call makes of it: always one failure that says so, in time.</summary>
public sealed class HostileServerTests
{
    private const string Gpt = "gpt-4o";
    private const string Claude = "claude-sonnet-4-5";

    private const string OpenAiReply = """{"choices":[{"message":{"content":"Good morning."},"finish_reason":"stop"}]}""";

    private const string AnthropicReply = """{"content":[{"type":"text","text":"Good morning."}],"stop_reason":"end_turn"}""";

    private readonly ManualTime _time = new();

    [Theory]
    [InlineData(Gpt)]
    [InlineData(Claude)]
    public async Task Answer_ThatStopsInTheMiddle_IsATimeout(string model)
    {
        await using var server = WireServer.Writing(StopInTheMiddle);
        await using var bench = Bench(server);
        var calling = bench.FailureAsync(ModelBench.Call(model) with { Timeout = TimeSpan.FromSeconds(90) });
        await bench.UntilAsync(() => !server.Requests.IsEmpty);

        _time.Advance(TimeSpan.FromSeconds(91));

        Assert.Equal("timeout", (await calling.WaitAsync(bench.Deadline)).Kind);
        await server.Left.WaitAsync(bench.Deadline);
    }

    [Theory]
    [InlineData(Gpt)]
    [InlineData(Claude)]
    public async Task Cancellation_InTheMiddleOfAnAnswer_HangsUp(string model)
    {
        await using var server = WireServer.Writing(StopInTheMiddle);
        await using var bench = Bench(server);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(bench.Deadline);
        var calling = bench.CallAsync(ModelBench.Call(model), cancel.Token);
        await bench.UntilAsync(() => !server.Requests.IsEmpty);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => calling.WaitAsync(bench.Deadline));
        await server.Left.WaitAsync(bench.Deadline);
    }

    [Theory]
    [InlineData(Gpt)]
    [InlineData(Claude)]
    public async Task Answer_ThatDripsForEver_IsATimeout(string model)
    {
        var dripped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = WireServer.Writing(async (stream, token) =>
        {
            await stream.WriteAsync(WireServer.Utf8(["HTTP/1.1 200 OK", "Transfer-Encoding: chunked"], ""), token);
            for (var i = 0; ; i++)
            {
                await stream.WriteAsync("1\r\n \r\n"u8.ToArray(), token);
                await Task.Yield();
                if (i == 100)
                {
                    dripped.TrySetResult();
                }
            }
        });
        await using var bench = Bench(server);
        var calling = bench.FailureAsync(ModelBench.Call(model) with { Timeout = TimeSpan.FromSeconds(90) });
        await dripped.Task.WaitAsync(bench.Deadline);

        _time.Advance(TimeSpan.FromSeconds(91));

        Assert.Equal("timeout", (await calling.WaitAsync(bench.Deadline)).Kind);
    }

    [Theory]
    [InlineData(Gpt, OpenAiReply)]
    [InlineData(Claude, AnthropicReply)]
    public async Task Answer_InChunksOfOneByte_IsRead(string model, string body)
    {
        await using var server = WireServer.Writing(async (stream, token) =>
        {
            await stream.WriteAsync(WireServer.Utf8(["HTTP/1.1 200 OK", "Transfer-Encoding: chunked"], ""), token);
            foreach (var letter in "\n \n" + body)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"1\r\n{letter}\r\n"), token);
            }

            await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), token);
        });
        await using var bench = Bench(server);

        Assert.Equal("Good morning.", (string?)(await bench.ReplyAsync(ModelBench.Call(model))).Message.Content);
    }

    [Fact]
    public async Task Answer_ThatIsCompressed_IsRead()
    {
        await using var server = WireServer.Writing(async (stream, token) =>
        {
            await stream.WriteAsync(WireServer.Utf8(["HTTP/1.1 200 OK", "Content-Encoding: gzip"], ""), token);
            await using var zip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
            await zip.WriteAsync(Encoding.UTF8.GetBytes(OpenAiReply), token);
        });
        await using var bench = Bench(server);

        await bench.ReplyAsync(ModelBench.Call(Gpt));

        Assert.Contains("gzip", Assert.Single(server.Requests).Headers["accept-encoding"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Gpt, "Content-Length: 1000")]
    [InlineData(Gpt, "Transfer-Encoding: chunked")]
    [InlineData(Claude, "Content-Length: 1000")]
    [InlineData(Claude, "Transfer-Encoding: chunked")]
    public async Task Answer_ThatIsCutOff_SaysSo(string model, string length)
    {
        await using var server = WireServer.Writing((stream, token) =>
            stream.WriteAsync(WireServer.Utf8(["HTTP/1.1 200 OK", length], "14\r\n{\"choices\":[{\"messa\r\n"), token).AsTask());
        await using var bench = Bench(server);

        var failure = await bench.FailureAsync(ModelBench.Call(model));

        Assert.Equal(("malformed_reply", true, true, 200), (failure.Kind, failure.MayTryOther, failure.Transient, failure.HttpStatus));
        Assert.EndsWith("answered badly: the reply was cut off before its end.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Gpt)]
    [InlineData(Claude)]
    public async Task Answer_WithoutAnEnd_IsReadUpToTheLimit(string model)
    {
        await using var server = WireServer.Writing(async (stream, token) =>
        {
            await stream.WriteAsync(WireServer.Utf8(["HTTP/1.1 200 OK", "Transfer-Encoding: chunked"], ""), token);
            while (true)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"400\r\n{new string('x', 1024)}\r\n"), token);
            }
        });
        await using var bench = Bench(server, ("Weft:Models:MaxReplyBytes", "65536"));

        var failure = await bench.FailureAsync(ModelBench.Call(model));

        Assert.Equal("malformed_reply", failure.Kind);
        Assert.EndsWith("answered badly: the reply is larger than 65,536 bytes.", failure.Message, StringComparison.Ordinal);
        await server.Left.WaitAsync(bench.Deadline);
    }

    [Theory]
    [InlineData(200, "malformed_reply")]
    [InlineData(500, "malformed_reply")]
    public async Task Answer_ThatInflatesWithoutMeasure_IsReadUpToTheLimit(int status, string kind)
    {
        await using var server = WireServer.Writing(async (stream, token) =>
        {
            await stream.WriteAsync(WireServer.Utf8([$"HTTP/1.1 {status} Words", "Content-Encoding: gzip"], ""), token);
            await using var zip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
            await zip.WriteAsync(new byte[4 * 1024 * 1024], token);
        });
        await using var bench = Bench(server, ("Weft:Models:MaxReplyBytes", "65536"));

        var failure = await bench.FailureAsync(ModelBench.Call(Gpt));

        Assert.Equal((kind, status), (failure.Kind, failure.HttpStatus));
        Assert.Contains("larger than 65,536 bytes", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task Answer_ThatIsNotCompressedAsItSays_IsAMalformedReply(string encoding)
    {
        await using var server = WireServer.Answering(200, OpenAiReply, "Content-Encoding: " + encoding);
        await using var bench = Bench(server);

        Assert.Equal("malformed_reply", (await bench.FailureAsync(ModelBench.Call(Gpt))).Kind);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("HTTP/1.1 abc\r\n\r\n")]
    [InlineData("")]
    public async Task Answer_ThatIsNoHttp_IsANetworkFailure(string bytes)
    {
        await using var server = WireServer.Writing((stream, token) => stream.WriteAsync(Encoding.ASCII.GetBytes(bytes), token).AsTask());
        await using var bench = Bench(server);

        foreach (var model in (string[])[Gpt, Claude])
        {
            var failure = await bench.FailureAsync(ModelBench.Call(model));

            Assert.Equal(("network", true, true), (failure.Kind, failure.MayTryOther, failure.Transient));
        }
    }

    [Fact]
    public async Task Headers_WithoutAnEnd_AreANetworkFailure()
    {
        await using var server = WireServer.Writing(async (stream, token) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray(), token);
            while (true)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"X-More: {new string('x', 1000)}\r\n"), token);
            }
        });
        await using var bench = Bench(server);

        Assert.Equal("network", (await bench.FailureAsync(ModelBench.Call(Gpt))).Kind);
    }

    [Theory]
    [InlineData(Gpt, """{"error":{"message":"Rate limited","code":429}}""", "rate_limited", 429)]
    [InlineData(Gpt, """{"error":{"message":"Broken","code":"oops"}}""", "server_error", 500)]
    [InlineData(Gpt, """{"error":"no more credit balance"}""", "server_error", 500)]
    [InlineData(Claude, """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""", "server_error", 500)]
    [InlineData(Claude, """{"type":"error","error":{"type":"billing_error","message":"m"}}""", "quota", 500)]
    public async Task Error_WithTheStatusOfASuccess_IsAnError(string model, string body, string kind, int status)
    {
        await using var server = WireServer.Answering(200, body);
        await using var bench = Bench(server);

        var failure = await bench.FailureAsync(ModelBench.Call(model));

        Assert.Equal((kind, status), (failure.Kind, failure.HttpStatus));
    }

    [Theory]
    [InlineData("Retry-After: 12", 12_000)]
    [InlineData("Retry-After: Fri, 20 Nov 2026 12:00:30 GMT", 30_000)]
    [InlineData("Retry-After: Fri, 20 Nov 2020 12:00:30 GMT", 0)]
    [InlineData("Retry-After: 99999999999999999999", null)]
    [InlineData("Retry-After: -5", null)]
    [InlineData("Retry-After: soon", null)]
    public async Task TooManyRequests_TellWhenToComeBack(string header, int? milliseconds)
    {
        await using var server = WireServer.Answering(429, "", header);
        await using var bench = Bench(server);

        foreach (var model in (string[])[Gpt, Claude])
        {
            var failure = await bench.FailureAsync(ModelBench.Call(model));

            Assert.Equal(("rate_limited", true, (long?)milliseconds), (failure.Kind, failure.Transient, failure.RetryAfterMs));
        }
    }

    [Theory]
    [InlineData(500, "", "server_error")]
    [InlineData(502, "<html>Bad gateway</html>", "server_error")]
    [InlineData(503, "upstream connect error", "overloaded")]
    [InlineData(529, "\0\0\0", "overloaded")]
    [InlineData(599, "[[[[", "server_error")]
    public async Task ServerError_WithAnyBody_IsAskedOnce(int status, string body, string kind)
    {
        await using var server = WireServer.Answering(status, body);
        await using var bench = Bench(server);

        foreach (var model in (string[])[Gpt, Claude])
        {
            var failure = await bench.FailureAsync(ModelBench.Call(model));

            Assert.Equal((kind, true, status), (failure.Kind, failure.Transient, failure.HttpStatus));
        }

        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Redirect_IsNotFollowed(int status)
    {
        await using var elsewhere = WireServer.Answering(200, OpenAiReply);
        await using var server = WireServer.Answering(status, "", $"Location: {elsewhere.Address}v1/chat/completions");
        await using var bench = Bench(server);

        foreach (var model in (string[])[Gpt, Claude])
        {
            var failure = await bench.FailureAsync(ModelBench.Call(model));

            Assert.Equal(("bad_request", true, false), (failure.Kind, failure.MayTryOther, failure.Transient));
            Assert.Contains(
                $"Correct the base URL ({server.Address.GetLeftPart(UriPartial.Authority)})", failure.Message, StringComparison.Ordinal);
        }

        Assert.Empty(elsewhere.Requests);
    }

    [Theory]
    [InlineData(401, "WWW-Authenticate: Basic realm=\"give me your password\"")]
    [InlineData(407, "Proxy-Authenticate: Basic realm=\"x\"")]
    public async Task Challenge_IsNotAnsweredWithFurtherCredentials(int status, string challenge)
    {
        await using var server = WireServer.Answering(status, "", challenge);
        await using var bench = Bench(server);

        await bench.FailureAsync(ModelBench.Call(Gpt));

        Assert.StartsWith("Bearer ", Assert.Single(server.Requests).Headers["authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cookie_OfAnAnswer_IsNotSentBack()
    {
        await using var server = WireServer.Answering(200, OpenAiReply, "Set-Cookie: session=1; Path=/");
        await using var bench = Bench(server);

        await bench.ReplyAsync(ModelBench.Call(Gpt, callId: "1"));
        await bench.ReplyAsync(ModelBench.Call(Gpt, callId: "2"));

        Assert.All(server.Requests, r => Assert.DoesNotContain("cookie", r.Headers.Keys));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(302)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(500)]
    public async Task Key_ThatAServerEchoesEverywhere_IsShownNowhere(int status)
    {
        await using var server = WireServer.Writing((stream, token) =>
        {
            var echo = "sk-live-abcdefghijklmnop sk-ant-abcdefghijklmnop";
            var body = JsonSerializer.Serialize(new { error = new { message = echo, code = echo, type = echo, param = echo } });
            string[] head = [$"HTTP/1.1 {status} {echo}", $"Location: http://127.0.0.1/{echo}", $"Retry-After: {echo}"];
            return stream.WriteAsync(WireServer.Utf8(head, body), token).AsTask();
        });
        await using var bench = Bench(server);

        List<ModelOutcome> outcomes = [await bench.CallAsync(ModelBench.Call(Gpt)), await bench.CallAsync(ModelBench.Call(Claude))];

        var kept = string.Join('\n', bench.Logs.Lines) + JsonSerializer.Serialize(outcomes, WeftJson.Options)
            + JsonSerializer.Serialize(await bench.CallsAsync(), WeftJson.Options);
        Assert.DoesNotContain("abcdefghijklmnop", kept, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sk-live-line\nbreak")]
    [InlineData("sk–typographic–dashes")]
    public async Task Key_ThatNoHeaderCarries_IsNeitherSentNorShown(string key)
    {
        await using var server = WireServer.Answering(200, OpenAiReply);
        await using var bench = Bench(server, ("OPENAI_API_KEY", key));

        var failure = await bench.FailureAsync(ModelBench.Call(Gpt));

        Assert.Equal(
            "openai/gpt-4o cannot be called: its key holds characters that no HTTP header carries: set OPENAI_API_KEY anew.",
            failure.Message);
        Assert.Empty(server.Requests);
    }

    private static async Task StopInTheMiddle(Stream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(WireServer.Utf8(["HTTP/1.1 200 OK", "Content-Length: 1000"], "{\"choices\":[{"), cancellationToken);
        await stream.ReadExactlyAsync(new byte[1], cancellationToken);
    }

    private ModelBench Bench(WireServer server, params (string Name, string Value)[] more)
    {
        var values = server.Settings;
        foreach (var (name, value) in more)
        {
            values[name] = value;
        }

        return ModelBench.Without(new BenchSettings { Values = values, Time = _time });
    }
}
