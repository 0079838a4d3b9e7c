using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Weft.Agents.Models.Records;
using Weft.Language;
using Weft.Sandbox.Faults;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Tests.Models;

public sealed class ModelFailureTests
{
    private const string Prompt = "My account number is 4711-0815-XYZ, please help.";

    public static TheoryData<string, FaultKind, string, bool, bool> Faults()
    {
        var data = new TheoryData<string, FaultKind, string, bool, bool>();
        foreach (var model in (string[])["gpt-4o", "claude-sonnet-4-5"])
        {
            data.Add(model, FaultKind.RateLimit, "rate_limited", true, true);
            data.Add(model, FaultKind.ServerError, "server_error", true, true);
            data.Add(model, FaultKind.EndStream, "malformed_reply", true, true);
            data.Add(model, FaultKind.MalformedBody, "malformed_reply", true, true);
            data.Add(model, FaultKind.Empty, "malformed_reply", true, true);
            data.Add(model, FaultKind.Unauthorized, "auth", true, false);
            data.Add(model, FaultKind.Quota, "quota", true, false);
            data.Add(model, FaultKind.HtmlError, "server_error", true, true);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Fault_OfAProvider_IsClassified(string model, FaultKind fault, string kind, bool mayTryOther, bool transient)
    {
        await using var bench = await ModelBench.OnSandboxAsync();
        bench.Sandbox!.Faults.Set(new FaultRule { Kind = fault });

        var failure = await bench.FailureAsync(ModelBench.Call(model, Prompt));

        Assert.Equal((kind, mayTryOther, transient), (failure.Kind, failure.MayTryOther, failure.Transient));
        Assert.Single(bench.Sandbox.Log.Entries);
    }

    [Theory]
    [InlineData("gpt-4o")]
    [InlineData("claude-sonnet-4-5")]
    public async Task CutBody_IsAMalformedReplyOrNoReplyAtAll(string model)
    {
        await using var bench = await ModelBench.OnSandboxAsync();
        bench.Sandbox!.Faults.Set(new FaultRule { Kind = FaultKind.CutBody });

        var failure = await bench.FailureAsync(ModelBench.Call(model));

        // A reset may overtake the headers that went before it.
        Assert.Contains(failure.Kind, (string[])["malformed_reply", "network"]);
        Assert.True(failure is { MayTryOther: true, Transient: true });
    }

    [Theory]
    [InlineData("gpt-4o", 200, "malformed_reply")]
    [InlineData("claude-sonnet-4-5", 200, "malformed_reply")]
    [InlineData("gpt-4o", 404, "not_found")]
    public async Task WebPage_InPlaceOfAReply_IsClassifiedByItsStatus(string model, int status, string kind)
    {
        await using var bench = await ModelBench.OnSandboxAsync();
        bench.Sandbox!.Faults.Set(new FaultRule { Kind = FaultKind.HtmlError, Status = status });

        Assert.Equal(kind, (await bench.FailureAsync(ModelBench.Call(model))).Kind);
    }

    [Theory]
    [InlineData(503, "overloaded")]
    [InlineData(529, "overloaded")]
    [InlineData(504, "server_error")]
    public async Task ServerError_OfAStatus_IsClassified(int status, string kind)
    {
        await using var bench = await ModelBench.OnSandboxAsync();
        bench.Sandbox!.Faults.Set(new FaultRule { Kind = FaultKind.ServerError, Status = status });

        var failure = await bench.FailureAsync(ModelBench.Call("claude-sonnet-4-5"));

        Assert.Equal((kind, status), (failure.Kind, failure.HttpStatus));
    }

    [Fact]
    public async Task RateLimit_SaysHowLongToWait()
    {
        await using var bench = await ModelBench.OnSandboxAsync();
        bench.Sandbox!.Faults.Set(new FaultRule { Kind = FaultKind.RateLimit, RetryAfter = 7 });

        Assert.Equal(7000, (await bench.FailureAsync(ModelBench.Call("gpt-4o"))).RetryAfterMs);
        Assert.Equal(7000, (await bench.FailureAsync(ModelBench.Call("claude-sonnet-4-5"))).RetryAfterMs);
    }

    [Theory]
    [InlineData("gpt-4o")]
    [InlineData("claude-sonnet-4-5")]
    public async Task Hang_OverTheTimeLimit_IsATimeout(string model)
    {
        var time = new ManualTime();
        await using var bench = await ModelBench.OnSandboxAsync(new BenchSettings { Time = time });
        bench.Sandbox!.Faults.Set(new FaultRule { Kind = FaultKind.Hang });
        var calling = bench.FailureAsync(ModelBench.Call(model) with { Timeout = TimeSpan.FromSeconds(90) });
        await bench.Sandbox.Log.WaitForAsync(e => e.Status == 0, bench.Deadline);

        time.Advance(TimeSpan.FromSeconds(91));

        var failure = await calling.WaitAsync(bench.Deadline);
        Assert.Equal(("timeout", true, true, 91_000), (failure.Kind, failure.MayTryOther, failure.Transient, failure.LatencyMs));
        Assert.Contains("within 90 s", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.CostUsd > 0, "The prompt was sent, and may be billed.");
    }

    [Theory]
    [InlineData("gpt-4o")]
    [InlineData("claude-sonnet-4-5")]
    public async Task Cancellation_ByTheCaller_IsRethrown(string model)
    {
        await using var bench = await ModelBench.OnSandboxAsync();
        bench.Sandbox!.Faults.Set(new FaultRule { Kind = FaultKind.Hang });
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(bench.Deadline);
        var calling = bench.CallAsync(ModelBench.Call(model), cancel.Token);
        await bench.Sandbox.Log.WaitForAsync(e => e.Status == 0, bench.Deadline);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => calling.WaitAsync(bench.Deadline));
        Assert.False(bench.Deadline.IsCancellationRequested);
    }

    [Fact]
    public async Task NothingListening_IsANetworkFailure()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using var bench = ModelBench.Without(new BenchSettings
        {
            Values = new Dictionary<string, string?>
            {
                ["OPENAI_API_KEY"] = "sk-live-abcdefghijklmnop", ["OPENAI_BASE_URL"] = $"http://127.0.0.1:{port}/v1",
                ["ANTHROPIC_API_KEY"] = "sk-ant-abcdefghijklmnop", ["ANTHROPIC_BASE_URL"] = $"http://127.0.0.1:{port}",
            },
        });

        ModelFailure[] failures =
        [
            await bench.FailureAsync(ModelBench.Call("gpt-4o")),
            await bench.FailureAsync(ModelBench.Call("claude-sonnet-4-5")),
        ];

        Assert.All(failures, f => Assert.Equal(("network", true, true), (f.Kind, f.MayTryOther, f.Transient)));
        Assert.Contains($"Check http://127.0.0.1:{port}", failures[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PromptOverTheWindow_IsContextTooLong()
    {
        await using var bench = await ModelBench.OnSandboxAsync();

        var openAi = await bench.FailureAsync(ModelBench.Call("gpt-4", new string('x', 60_000)));
        var anthropic = await bench.FailureAsync(ModelBench.Call("claude-3-haiku", new string('x', 900_000)));

        Assert.Equal(("context_too_long", true, false), (openAi.Kind, openAi.MayTryOther, openAi.Transient));
        Assert.Equal("context_too_long", anthropic.Kind);
    }

    [Fact]
    public async Task Refusal_IsAReplyThatSaysSo()
    {
        await using var bench = await ModelBench.OnSandboxAsync();
        bench.Sandbox!.Faults.Set(new FaultRule { Kind = FaultKind.Refusal });

        Assert.Equal("content_filter", (await bench.ReplyAsync(ModelBench.Call("gpt-4o"))).FinishReason);
        Assert.Equal("content_filter", (await bench.ReplyAsync(ModelBench.Call("claude-sonnet-4-5", callId: "b"))).FinishReason);
    }

    [Fact]
    public async Task Truncation_IsAReplyThatSaysSo()
    {
        await using var bench = await ModelBench.OnSandboxAsync();
        bench.Sandbox!.Faults.Set(new FaultRule { Kind = FaultKind.Truncated });

        Assert.Equal("length", (await bench.ReplyAsync(ModelBench.Call("gpt-4o"))).FinishReason);
    }

    [Fact]
    public async Task MissingKey_SaysWhichSettingToSet()
    {
        await using var bench = ModelBench.Without(new BenchSettings());

        var failure = await bench.FailureAsync(ModelBench.Call("claude-3-haiku"));

        Assert.Equal("anthropic/claude-3-haiku-20240307 cannot be called: no key for anthropic: set ANTHROPIC_API_KEY.", failure.Message);
    }

    [Fact]
    public async Task FailedTry_IsRecordedAndDoesNotStandForTheAnswer()
    {
        await using var bench = await ModelBench.OnSandboxAsync();
        bench.Sandbox!.Faults.Set(new FaultRule { Kind = FaultKind.ServerError, First = 1 });
        await bench.FailureAsync(ModelBench.Call("gpt-4o"));

        await bench.ReplyAsync(ModelBench.Call("gpt-4o"));

        var records = await bench.CallsAsync();
        Assert.Equal([(false, "server_error"), (true, null)], records.Select(r => (r.Success, r.Failure)));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Fault_LeavesNeitherKeyNorPromptInWhatIsKept(
        string model, FaultKind fault, string kind, bool mayTryOther, bool transient)
    {
        const string Key = "sandbox-VERYSECRETKEY0123456789";
        _ = (mayTryOther, transient);
        await using var bench = await ModelBench.OnSandboxAsync(new BenchSettings
        {
            Values = new Dictionary<string, string?> { ["OPENAI_API_KEY"] = Key, ["ANTHROPIC_API_KEY"] = Key },
        });
        var message = fault == FaultKind.Quota ? null : $"Bad key {Key} for the prompt '{Prompt}'";
        bench.Sandbox!.Faults.Set(new FaultRule { Kind = fault, Message = message });

        var outcome = await bench.CallAsync(ModelBench.Call(model, Prompt));

        var kept = string.Join('\n', bench.Logs.Lines) + JsonSerializer.Serialize(outcome, WeftJson.Options)
            + JsonSerializer.Serialize(await bench.CallsAsync(), WeftJson.Options);
        Assert.Contains(kind, kept, StringComparison.Ordinal);
        Assert.DoesNotContain("VERYSECRET", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("4711-0815", kept, StringComparison.Ordinal);
    }
}
