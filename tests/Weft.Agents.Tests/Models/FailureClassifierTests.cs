using System.Text;
using Weft.Agents.Models.Providers;
using Weft.Agents.Secrets;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Tests.Models;

public sealed class FailureClassifierTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(
        400, """{"error":{"message":"m","type":"invalid_request_error","code":"context_length_exceeded"}}""",
        "context_too_long", true, false)]
    [InlineData(
        400, """{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 210000 tokens"}}""",
        "context_too_long", true, false)]
    [InlineData(413, """{"type":"error","error":{"type":"request_too_large","message":"m"}}""", "context_too_long", true, false)]
    [InlineData(
        400, """{"error":{"code":"content_filter","innererror":{"code":"ResponsibleAIPolicyViolation"}}}""",
        "content_filter", false, false)]
    [InlineData(400, """{"error":{"code":"content_policy_violation"}}""", "content_filter", false, false)]
    [InlineData(
        400, """{"type":"error","error":{"type":"invalid_request_error","message":"You have reached your specified API usage limits."}}""",
        "quota", true, false)]
    [InlineData(402, """{"type":"error","error":{"type":"billing_error","message":"m"}}""", "quota", true, false)]
    [InlineData(
        429, """{"error":{"type":"insufficient_quota","code":"insufficient_quota","message":"You exceeded your current quota"}}""",
        "quota", true, false)]
    [InlineData(429, """{"error":{"code":"project_spend_limit_exceeded"}}""", "quota", true, false)]
    [InlineData(
        429,
        """
        [{"error":{"code":429,"status":"RESOURCE_EXHAUSTED",
          "details":[{"violations":[{"quotaId":"GenerateRequestsPerDayPerProject"}]}]}}]
        """,
        "quota", true, false)]
    [InlineData(429, """{"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"m"}}""", "rate_limited", true, true)]
    [InlineData(429, """{"error":{"code":"rate_limit_exceeded","type":"tokens"}}""", "rate_limited", true, true)]
    [InlineData(498, "", "rate_limited", true, true)]
    [InlineData(401, """{"error":{"code":"invalid_api_key","message":"Incorrect API key provided: sk-abc"}}""", "auth", true, false)]
    [InlineData(400, """{"error":{"code":400,"details":[{"reason":"API_KEY_INVALID"}]}}""", "auth", true, false)]
    [InlineData(403, """{"error":{"type":"permission_error"}}""", "auth", true, false)]
    [InlineData(404, """{"error":{"code":"model_not_found"}}""", "not_found", true, false)]
    [InlineData(404, "<html>nothing here</html>", "not_found", true, false)]
    [InlineData(408, "", "server_error", true, true)]
    [InlineData(409, "", "server_error", true, true)]
    [InlineData(500, "oops", "server_error", true, true)]
    [InlineData(502, "<html>", "server_error", true, true)]
    [InlineData(503, """{"error":{"code":"server_is_overloaded"}}""", "overloaded", true, true)]
    [InlineData(529, """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""", "overloaded", true, true)]
    [InlineData(400, """{"error":{"code":"tool_use_failed","failed_generation":"x"}}""", "malformed_reply", true, true)]
    [InlineData(400, """{"error":{"message":"Invalid value","type":"invalid_request_error"}}""", "bad_request", false, false)]
    [InlineData(422, """{"detail":[{"msg":"field required"}]}""", "bad_request", false, false)]
    [InlineData(400, """{"error":"model does not support tools"}""", "bad_request", true, false)]
    [InlineData(307, "", "bad_request", true, false)]
    [InlineData(418, "null", "bad_request", false, false)]
    public void Status_AndBody_MakeAKind(int status, string body, string kind, bool mayTryOther, bool transient)
    {
        var failure = Classify(status, body);

        Assert.Equal((kind, mayTryOther, transient, status), (failure.Kind, failure.MayTryOther, failure.Transient, failure.HttpStatus));
    }

    [Theory]
    [InlineData("retry-after-ms: 250 | retry-after: 9", "", 250)]
    [InlineData("retry-after: 9", "", 9000)]
    [InlineData("retry-after: 1.5", "", 1500)]
    [InlineData("retry-after: Friday, 20-Nov-26 12:00:30 GMT", "", 30_000)]
    [InlineData("retry-after: Fri Nov 20 12:00:30 2026", "", 30_000)]
    [InlineData("retry-after: Fri, 20 Nov 2026 12:00:30 GMT", "", 30_000)]
    [InlineData("retry-after: Fri, 20 Nov 2026 11:00:00 GMT", "", 0)]
    [InlineData("retry-after: 999999", "", 3_600_000)]
    [InlineData("", """{"error":{"details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"34s"}]}}""", 34_000)]
    [InlineData(
        "x-ratelimit-remaining-requests: 0 | x-ratelimit-reset-requests: 6m0s"
        + " | x-ratelimit-remaining-tokens: 500 | x-ratelimit-reset-tokens: 9h",
        "",
        360_000)]
    [InlineData("x-ratelimit-reset-tokens: 120ms", "", 120)]
    [InlineData("anthropic-ratelimit-tokens-remaining: 0 | anthropic-ratelimit-tokens-reset: 2026-11-20T12:00:12Z", "", 12_000)]
    [InlineData("", """{"error":{"message":"Rate limit reached. Please try again in 5.289s. Visit …"}}""", 5_289)]
    [InlineData("", """{"error":{"message":"try again in 1m2s"}}""", 62_000)]
    [InlineData("retry-after: soon", "", null)]
    [InlineData("", "", null)]
    public void RetryHint_FromAnySource_IsRead(string headers, string body, int? milliseconds)
    {
        using var response = new HttpResponseMessage();
        foreach (var header in headers.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = header.Split(": ", 2);
            response.Headers.TryAddWithoutValidation(parts[0], parts[1]);
        }

        var hint = RetryHints.Find(response.Headers, ErrorBody.Parse(Encoding.UTF8.GetBytes(body)), Now);

        Assert.Equal(milliseconds, (int?)hint?.TotalMilliseconds);
    }

    [Fact]
    public void Message_OfARefusal_TellsWhatTheProviderSaysWithoutKeyAndPrompt()
    {
        const string Said = "Invalid value for 'top_p' near 'please refund order 1001 at once' with key sk-live-0123456789abcdef";

        var failure = Classify(400, $$$"""{"error":{"message":"{{{Said}}}","param":"top_p"}}""");

        Assert.Equal(
            "openai/gpt-4: the request is refused (HTTP 400, top_p: Invalid value for 'top_p' near '…' with key [env.OPENAI_API_KEY]).",
            failure.Message);
    }

    [Theory]
    [InlineData(typeof(HttpRequestException), "network")]
    [InlineData(typeof(IOException), "network")]
    [InlineData(typeof(TaskCanceledException), "timeout")]
    [InlineData(typeof(System.Text.Json.JsonException), "malformed_reply")]
    [InlineData(typeof(ArgumentOutOfRangeException), "malformed_reply")]
    public void Exception_MakesAKind(Type type, string kind)
    {
        var failure = FailureClassifier.Classify((Exception)Activator.CreateInstance(type)!, Facts);

        Assert.Equal((kind, true, true), (failure.Kind, failure.MayTryOther, failure.Transient));
    }

    [Fact]
    public void Exception_WrappedByAPackage_IsClassifiedByItsCause()
    {
        var wrapped = new InvalidOperationException("wrapped", new WireFailureException(WireStage.Status, "HTTP 429") { Status = 429 });

        Assert.Equal("rate_limited", FailureClassifier.Classify(wrapped, Facts).Kind);
    }

    private static CallFacts Facts { get; } = new(
        "openai/gpt-4",
        "openai",
        "https://api.openai.com",
        "OPENAI_API_KEY",
        SecretHiding.Of([KeyValuePair.Create("OPENAI_API_KEY", "sk-live-0123456789abcdef")]),
        ["Hello. please refund order 1001 at once"],
        TimeSpan.FromSeconds(5));

    private static ModelFailure Classify(int status, string body)
    {
        var error = ErrorBody.Parse(Encoding.UTF8.GetBytes(body));
        return FailureClassifier.Classify(error.Failure(status, $"HTTP {status}", null), Facts);
    }
}
