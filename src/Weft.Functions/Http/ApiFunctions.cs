using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Weft.Functions.Http;

/// <summary>
/// The API as functions. Operations that people scale, secure and watch by themselves have their own; one catch-all has the rest.
/// All of them enter the same pipeline, so a route is decided in one place only.
/// </summary>
public sealed class ApiFunctions(ApiEntry api)
{
    /// <summary><c>POST /workflows/{id}/executions</c>.</summary>
    [Function("StartExecution")]
    public Task StartExecution(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "{version}/workflows/{workflowId}/executions")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    /// <summary><c>POST /workflows/execute</c>.</summary>
    [Function("ExecuteWorkflow")]
    public Task ExecuteWorkflow(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "{version}/workflows/execute")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    /// <summary><c>GET /executions/{id}</c>.</summary>
    [Function("GetExecution")]
    public Task GetExecution(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "{version}/executions/{executionId}")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    /// <summary><c>POST /executions/{id}/cancel</c>.</summary>
    [Function("CancelExecution")]
    public Task CancelExecution(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "{version}/executions/{executionId}/cancel")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    /// <summary><c>POST /executions/{id}/signals</c>.</summary>
    [Function("SignalExecution")]
    public Task SignalExecution(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "{version}/executions/{executionId}/signals")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    /// <summary>Anonymous: the provider sends a browser here; the state parameter says for whom.</summary>
    [Function("ComposioCallback")]
    public Task ComposioCallback(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{version}/composio/callback")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    /// <summary>Anonymous: a hook proves itself by its signature.</summary>
    [Function("ReceiveHook")]
    public Task ReceiveHook(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "{version}/hooks/{name}")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    /// <summary><c>GET /health</c>.</summary>
    [Function("Health")]
    public Task Health(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{version}/health")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    /// <summary>Anonymous as well: where probes look that know no version.</summary>
    [Function("HealthWithoutVersion")]
    public Task HealthWithoutVersion(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);

    /// <summary>All other routes.</summary>
    /// <remarks>
    /// The host orders functions by name, whatever the case, and takes the first whose route fits: this name sorts behind all others.
    /// </remarks>
    [Function("WeftApi")]
    public Task WeftApi(
        [HttpTrigger(AuthorizationLevel.Function, "get", "post", "put", "delete", Route = "{*path}")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.AnswerAsync(request, client);
}
