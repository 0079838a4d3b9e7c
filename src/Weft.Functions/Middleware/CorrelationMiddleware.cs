using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Weft.Functions.Middleware;

/// <summary>Puts the invocation and the trace into the log scope, and tells a failed invocation once. Leaves orchestrators alone.</summary>
/// <remarks>An orchestrator is replayed: whatever stands around it runs on every replay, and an await of ours would hang it.</remarks>
internal sealed class CorrelationMiddleware(ILogger<CorrelationMiddleware> logger) : IFunctionsWorkerMiddleware
{
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next) =>
        context.FunctionDefinition.InputBindings.Values.Any(b => b.Type is "orchestrationTrigger" or "entityTrigger")
            ? next(context)
            : CorrelateAsync(context, next);

    private async Task CorrelateAsync(FunctionContext context, FunctionExecutionDelegate next)
    {
        var scope = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["FunctionName"] = context.FunctionDefinition.Name,
            ["InvocationId"] = context.InvocationId,
        };
        if (context.BindingContext.BindingData.TryGetValue("instanceId", out var instanceId) && instanceId is string id)
        {
            // An agent's orchestration has its execution's id, and its own part behind a colon.
            scope["ExecutionId"] = id.Trim('"').Split(':')[0];
        }

        using var logScope = logger.BeginScope(scope);
        Activity.Current?.SetTag("weft.function", context.FunctionDefinition.Name);
        try
        {
            await next(context);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.InvocationFailed(exception, context.FunctionDefinition.Name);
            throw;
        }
    }
}
