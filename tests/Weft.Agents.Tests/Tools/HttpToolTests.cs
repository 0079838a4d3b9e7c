using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Weft.Agents.Evaluation;
using Weft.Language.Definitions;
using Weft.Language.Expressions;
using Weft.Language.Expressions.Values;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using static Weft.Agents.Tests.Tools.ToolBench;

namespace Weft.Agents.Tests.Tools;

public sealed class HttpToolTests : IAsyncLifetime
{
    private const string Token = "ghp_0123456789abcdef";

    private ComposioServer _server = null!;
    private ToolBench _bench = null!;

    private string Root => _server.BaseUrl;

    public async Task InitializeAsync()
    {
        _server = await ComposioServer.StartAsync();
        _server.Before = AnswerAsync;
        _bench = Bench();
    }

    public async Task DisposeAsync()
    {
        await _bench.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task OpenTool_SendsMethodPathQueryAndSecretHeader()
    {
        var outcome = await _bench.SucceedAsync(
            Ask("github_api", """{"endpoint":"/repos/acme/shop/issues","method":"GET","data":{"state":"open"}}"""));

        var asked = Assert.Single(_server.Requests);
        Assert.Equal("GET /repos/acme/shop/issues?state=open", $"{asked.Method} {asked.Path}{asked.Query}");
        Assert.Equal($"Bearer {Token}", asked.Headers["authorization"]);
        Assert.Equal(200, (int)outcome.Output!["status_code"]!);
        Assert.Equal("/repos/acme/shop/issues", (string?)outcome.Output!["data"]!["path"]);
        Assert.Equal("application/json", (string?)outcome.Output!["headers"]!["content-type"]);
    }

    [Fact]
    public async Task OpenTool_Posts_DataAsJsonWithAnIdempotencyKey()
    {
        await _bench.SucceedAsync(Ask("github_api", """{"endpoint":"repos","method":"POST","data":{"name":"x"}}"""));

        var asked = Assert.Single(_server.Requests);
        Assert.Equal("""{"name":"x"}""", asked.Body!.ToJsonString());
        Assert.Equal(32, asked.Headers["idempotency-key"].Length);
    }

    [Fact]
    public async Task FixedTool_PostsItsArguments()
    {
        await _bench.SucceedAsync(Ask("billing_system", """{"action":"get_account","customer_id":"c-1"}"""));

        var asked = Assert.Single(_server.Requests);
        Assert.Equal("POST /", $"{asked.Method} {asked.Path}");
        Assert.Equal("""{"action":"get_account","customer_id":"c-1"}""", asked.Body!.ToJsonString());
    }

    [Fact]
    public async Task FixedTool_ByMethodName_SendsTheMethodAsAction()
    {
        await _bench.SucceedAsync(Ask("billing_system.get_account_status", """{"customer_id":"c-1"}"""));

        Assert.Equal("get_account_status", (string?)Assert.Single(_server.Requests).Body!["action"]);
    }

    [Fact]
    public async Task TemplateCall_OfAMethod_ReachesTheTool_ThoughItsListDoesNotHaveIt()
    {
        var request = new EvaluateRequest(
            Scope, "{{ .tools.billing_system.get_account_status(.input.customer_id) }}",
            new JsonObject { ["input"] = new JsonObject { ["customer_id"] = "c-1" } }, Strict: false, DateTime.UnixEpoch);

        await _bench.Get<Evaluate>().RunAsync(new ActivityContext("exec-1", StepNames.Evaluate, 3), request, _bench.Deadline);

        Assert.Equal("""{"action":"get_account_status","customer_id":"c-1"}""", Assert.Single(_server.Requests).Body!.ToJsonString());
    }

    [Fact]
    public async Task FixedTool_FillsPlacesOfItsEndpoint()
    {
        await _bench.SucceedAsync(Ask("orders", """{"order_id":"10/01 x","expand":["lines","tax"]}"""));

        var asked = Assert.Single(_server.Requests);
        Assert.Equal("GET /orders/10%2F01 x?expand=lines&expand=tax", $"{asked.Method} {asked.Path}{asked.Query}");
    }

    [Theory]
    [InlineData("http://evil.example/steal")]
    [InlineData("//evil.example/steal")]
    [InlineData("../../admin")]
    [InlineData("x/%2e%2e/%2e%2e/admin")]
    [InlineData("..\\..\\admin")]
    [InlineData("http://127.0.0.1:1/admin")]
    public async Task OpenTool_NeverLeavesItsBaseAddress(string endpoint)
    {
        await using var bench = Bench("/api");

        var outcome =
            await bench.RunAsync(Ask("github_api", new JsonObject { ["endpoint"] = endpoint, ["method"] = "GET" }.ToJsonString()));

        if (outcome is ToolOutcome.Failed failed)
        {
            Assert.Equal("invalid_arguments", failed.Failure.Kind);
            Assert.Empty(_server.Requests);
        }
        else
        {
            Assert.StartsWith("/api/", _server.Requests.Single().Path);
        }
    }

    [Fact]
    public async Task Failure_TellsStatusAndText_AndNeverTheToken()
    {
        var failure = await _bench.FailAsync(Ask("github_api", """{"endpoint":"echo-token","method":"GET"}"""));

        Assert.Equal("provider_error", failure.Kind);
        Assert.Contains("404", failure.Message);
        Assert.Contains("no such thing for Bearer [env.GITHUB_TOKEN]", failure.Message);
        Assert.DoesNotContain(Token, failure.Message + failure.Details!.ToJsonString());
        Assert.DoesNotContain(_bench.Logs.Lines, l => l.Contains(Token));
    }

    [Fact]
    public async Task Answer_ThatQuotesTheToken_IsKeptWithoutIt()
    {
        var outcome = await _bench.SucceedAsync(Ask("github_api", """{"endpoint":"mirror-token","method":"GET"}"""));

        Assert.Equal("Bearer [env.GITHUB_TOKEN]", (string?)outcome.Output!["data"]!["you_sent"]);
    }

    [Fact]
    public async Task Redirect_WithinTheBase_IsFollowed_AndBeyondIsNot()
    {
        Assert.Equal("/landed",
            (string?)(await _bench.SucceedAsync(
                Ask("github_api", """{"endpoint":"redirect-near","method":"GET"}"""))).Output!["data"]!["path"]);

        var failure = await _bench.FailAsync(Ask("github_api", """{"endpoint":"redirect-far","method":"GET"}"""));

        Assert.Contains("redirects away", failure.Message);
    }

    [Fact]
    public async Task Post_ThatFailsWith500_HasAnUnknownOutcome_UnlessTheToolIsIdempotent()
    {
        Assert.Equal("unknown_outcome", (await _bench.FailAsync(Ask("github_api", """{"endpoint":"broken","method":"POST"}"""))).Kind);
        Assert.Single(_server.Requests);

        var failure = await _bench.FailAsync(Ask("safe", """{"x":1}"""));

        Assert.Equal("server_error", failure.Kind);
        Assert.Equal(4, _server.Requests.Count);
    }

    [Fact]
    public async Task MissingSecret_IsNamed_AndNothingIsSent()
    {
        var failure = await _bench.FailAsync(Ask("needs_secret", "{}"));

        Assert.Equal("unavailable", failure.Kind);
        Assert.Contains("NOT_SET_ANYWHERE", failure.Message);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task ScriptTool_SaysThatItCannotRunYet()
    {
        var failure = await _bench.FailAsync(Ask("code_formatter", "{}"));

        Assert.Equal("unavailable", failure.Kind);
        Assert.Contains("'code_formatter'", failure.Message);
    }

    [Fact]
    public async Task GetAnswers_AreCached_WhenTheToolAsksForIt()
    {
        await _bench.SucceedAsync(Ask("cached", """{"id":"1"}"""));

        var second = await _bench.SucceedAsync(Ask("cached", """{"id":"1"}"""));

        Assert.True(second.Cached);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task ArgumentSecrets_AreSubstitutedAtTheWireAlone()
    {
        var mark = Template.Parse("key {{ env.GITHUB_TOKEN }}").Render(new ExpressionScope()).Text;

        await _bench.SucceedAsync(
            Ask("billing_system", new JsonObject { ["action"] = "get_account", ["customer_id"] = mark }.ToJsonString()));

        Assert.Equal($"key {Token}", (string?)_server.Requests.Single().Body!["customer_id"]);
        Assert.DoesNotContain(Token, (await _bench.Records.ListAsync("exec-1", _bench.Deadline))[0].ToString());
    }

    [Theory]
    [InlineData("fits_whole", null)]
    [InlineData("fits_data", null)]
    [InlineData("wants_number", "/data/path")]
    [InlineData("wants_total", "total")]
    public async Task OutputSchema_OfATool_IsHeldAgainstItsAnswer(string tool, string? fault)
    {
        var outcome = await _bench.RunAsync(Ask(tool, "{}"));

        var failure = (outcome as ToolOutcome.Failed)?.Failure;
        Assert.Equal(fault is null ? null : "output_schema_violation", failure?.Kind);
        Assert.Contains(fault ?? "", failure?.Message ?? "", StringComparison.Ordinal);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task Answer_ThatDoesNotFit_IsNotAskedForAgain_WhenTheCallIsDeliveredTwice()
    {
        var call = Ask("wants_total", "{}");
        await _bench.RunAsync(call);

        Assert.Equal("output_schema_violation", (await _bench.FailAsync(call)).Kind);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task Env_OfAStep_GoesBeforeTheToolsAndTheWorkflows()
    {
        var step = new Dictionary<string, string> { ["REGION"] = "step-region",
            ["OUTER"] = Template.Parse("{{ .env.GITHUB_TOKEN }}-more").Render(new ExpressionScope()).Text };

        await _bench.SucceedAsync(Ask("regional", "{}"));
        await _bench.SucceedAsync(Ask("regional", "{}") with { Scope = Scope with { Env = step } });

        Assert.Equal(["tool-region workflow-level", "step-region workflow-level"], _server.Requests.Select(r => r.Headers["x-region"]));
        Assert.Equal([Token, $"{Token}-more"], _server.Requests.Select(r => r.Headers["x-outer"]));
    }

    private static CallToolRequest Ask(string tool, string arguments) =>
        Call(tool, arguments, callId: Guid.NewGuid().ToString(), entity: null);

    private ToolBench Bench(string path = "") => new(
        null,
        null,
        new WorkflowDefinition
        {
            Id = "w",
            Dialect = Dialect.Tasks,
            Body = new SequenceBody([]),
            Env = new Dictionary<string, string> { ["LEVEL"] = "workflow-level", ["REGION"] = "workflow-region" },
            Tools =
            [
                Http("fits_whole", path, """{"method":"GET"}""",
                    null) with { OutputSchema = Schema(
                        """{"properties":{"status_code":{"type":"integer"},"data":{"type":"object"}},"required":["status_code"]}""") },
                Http("fits_data", path, """{"method":"GET"}""",
                    null) with { OutputSchema = Schema("""{"properties":{"path":{"type":"string"}},"required":["path"]}""") },
                Http("wants_number", path, """{"method":"GET"}""",
                    null) with { OutputSchema = Schema("""{"properties":{"data":{"properties":{"path":{"type":"integer"}}}}}""") },
                Http("wants_total", path, """{"method":"POST"}""",
                    null) with { OutputSchema = Schema("""{"properties":{"total":{"type":"integer"}},"required":["total"]}""") },
                Http("regional", path,
                    """{"method":"GET","headers":{"X-Region":"{{ .env.REGION }} {{ .env.LEVEL }}","X-Outer":"{{ .env.OUTER }}"}}""",
                    null) with
                {
                    Env = new Dictionary<string, string> { ["REGION"] = "tool-region", ["OUTER"] = "{{ .env.GITHUB_TOKEN }}" },
                },
                Http("github_api", path, """{"headers":{"Authorization":"Bearer {{ .env.GITHUB_TOKEN }}"}}""",
                    """{"type":"object","properties":{"endpoint":{"type":"string"},"method":{"type":"string","enum":["GET","POST","PUT","DELETE"]},"data":{"type":"object"}}}"""),
                Http("billing_system", path, """{"headers":{"Authorization":"Bearer {{ env.GITHUB_TOKEN }}"}}""",
                    """{"type":"object","properties":{"action":{"type":"string","enum":["get_account","update_billing"]},"customer_id":{"type":"string"},"data":{"type":"object"}}}"""),
                Http("orders", path, """{"method":"GET","endpoint":"/orders/{order_id}"}""", null),
                Http("safe", path, """{"method":"POST","endpoint":"broken"}""", null) with { Idempotent = true },
                Http("needs_secret", path, """{"headers":{"X":"{{ env.NOT_SET_ANYWHERE }}"}}""", null),
                Http("cached", path, """{"method":"GET","endpoint":"things","cache_ttl":"1m"}""", null),
                new ToolDefinition { Id = "code_formatter", Type = "javascript", Execute = "function f() {}" },
            ],
        },
        ("GITHUB_TOKEN", Token));

    private static JsonObject Schema(string json) => (JsonObject)JsonNode.Parse(json)!;

    private ToolDefinition Http(string id, string path, string config, string? schema)
    {
        var settings = (JsonObject)JsonNode.Parse(config)!;
        settings["base_url"] = Root.Replace("/api/v3.1", path, StringComparison.Ordinal);
        return new ToolDefinition { Id = id, Type = "http", Config = settings,
            InputSchema = schema is null ? null : (JsonObject)JsonNode.Parse(schema)! };
    }

    private static async Task<bool> AnswerAsync(Asked asked, HttpContext context)
    {
        var token = asked.Headers.GetValueOrDefault("authorization");
        context.Response.ContentType = "application/json";
        switch (asked.Path)
        {
            case "/echo-token":
                context.Response.StatusCode = 404;
                await context.Response.WriteAsync(new JsonObject { ["message"] = $"no such thing for {token}" }.ToJsonString());
                break;
            case "/mirror-token":
                await context.Response.WriteAsync(new JsonObject { ["you_sent"] = token }.ToJsonString());
                break;
            case "/redirect-near":
                context.Response.Redirect("/landed");
                break;
            case "/redirect-far":
                context.Response.Redirect("http://127.0.0.1:1/landed");
                break;
            case "/broken":
                context.Response.StatusCode = 500;
                break;
            default:
                await context.Response.WriteAsync(new JsonObject { ["path"] = asked.Path }.ToJsonString());
                break;
        }

        return true;
    }
}
