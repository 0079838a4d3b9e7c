using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Workflows.Contracts;

namespace Weft.EndToEnd.Harness;

/// <summary>A client of the API of one server.</summary>
/// <param name="address">The server's address: the API is below <c>/api/v1/</c>.</param>
/// <param name="handler">What sends the requests.</param>
/// <param name="glance">How often an execution that is waited for is looked at.</param>
internal class ApiClient(Uri address, HttpMessageHandler handler, TimeSpan glance)
{
    public Uri Address => address;

    public HttpClient Client { get; } = new(handler) { BaseAddress = new Uri(address, "/api/v1/"), Timeout = TimeSpan.FromSeconds(60) };

    public async Task<Answer> SendAsync(
        HttpMethod method, string path, HttpContent? body, CancellationToken deadline, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = body };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Client.SendAsync(request, deadline);
        return new Answer(
            response.StatusCode, await response.Content.ReadAsStringAsync(deadline), response.Headers, response.Content.Headers);
    }

    public Task<Answer> GetAsync(string path, CancellationToken deadline) => SendAsync(HttpMethod.Get, path, null, deadline);

    public Task<Answer> PostAsync(string path, JsonNode body, CancellationToken deadline, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, Json(body.ToJsonString()), deadline, headers);

    public async Task PutWorkflowAsync(string id, string text, CancellationToken deadline)
    {
        var put = await SendAsync(HttpMethod.Put, "workflows/" + id, new StringContent(text, Encoding.UTF8, "application/yaml"), deadline);
        Assert.True(put.Status is HttpStatusCode.OK or HttpStatusCode.Created, put.Text);
    }

    /// <summary>Runs a workflow to its end.</summary>
    public async Task<ExecutionDocument> ExecuteAsync(string workflowId, JsonObject input, JsonObject? context, CancellationToken deadline)
    {
        var body = new JsonObject { ["workflow_id"] = workflowId, ["input_data"] = input, ["context"] = context };
        var answer = await PostAsync("workflows/execute?wait=50", body, deadline);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return Document(answer.Text);
    }

    /// <summary>Starts a workflow, and answers the execution's id.</summary>
    public async Task<string> StartExecutionAsync(string workflowId, JsonObject input, JsonObject? context, CancellationToken deadline)
    {
        var answer = await PostAsync(
            $"workflows/{workflowId}/executions", new JsonObject { ["input"] = input, ["context"] = context ?? [] }, deadline);
        Assert.True(answer.Status == HttpStatusCode.Accepted, answer.Text);
        return (string)answer.Json["execution_id"]!;
    }

    /// <summary>Reads an execution until a condition holds.</summary>
    public async Task<ExecutionDocument> AwaitAsync(string executionId, Func<ExecutionDocument, bool> condition, CancellationToken deadline)
    {
        using var timer = new PeriodicTimer(glance);
        while (true)
        {
            var document = Document((await GetAsync("executions/" + executionId, deadline)).Text);
            if (condition(document))
            {
                return document;
            }

            await timer.WaitForNextTickAsync(deadline);
        }
    }

    public Task<ExecutionDocument> AwaitStatusAsync(string executionId, ExecutionStatus status, CancellationToken deadline) =>
        AwaitAsync(executionId, d => d.Status == status, deadline);

    public Task<ExecutionDocument> AwaitEndAsync(string executionId, CancellationToken deadline) =>
        AwaitAsync(executionId, d => d.CompletedAt is not null, deadline);

    public static ExecutionDocument Document(string json) => JsonSerializer.Deserialize<ExecutionDocument>(json, WeftJson.Options)!;

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
