using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Runtime.Tests.Operations;

/// <summary>Instances as an engine would show them, at times that a test chooses.</summary>
internal sealed class InstanceShelf : IOrchestrationClient
{
    public Dictionary<string, OrchestrationInstance> Instances { get; } = new(StringComparer.Ordinal);

    public List<string> Purged { get; } = [];

    public void Put(string id, DateTime updatedAt, ExecutionProgress? progress = null,
        OrchestrationStatus status = OrchestrationStatus.Running, string name = StepNames.RunWorkflow) =>
        Instances[id] = new OrchestrationInstance
        {
            InstanceId = id,
            Name = name,
            Status = status,
            CreatedAt = updatedAt,
            LastUpdatedAt = updatedAt,
            Input = JsonSerializer.SerializeToNode(new RunWorkflowInput("greet", "", [], []), WeftJson.Options),
            CustomStatus = progress is null ? null : JsonSerializer.SerializeToNode(progress, WeftJson.Options),
        };

    public Task<OrchestrationInstance?> GetAsync(string instanceId, CancellationToken cancellationToken) =>
        Task.FromResult(Instances.GetValueOrDefault(instanceId));

    public Task<OrchestrationPage> ListAsync(OrchestrationQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(new OrchestrationPage(
        [
            .. Instances.Values.Where(i => (query.Name is null || i.Name == query.Name)
                && (query.Statuses.Count == 0 || query.Statuses.Contains(i.Status))
                && (query.CreatedTo is null || i.CreatedAt < query.CreatedTo)
                && (query.InstanceIdPrefix is null || i.InstanceId.StartsWith(query.InstanceIdPrefix, StringComparison.Ordinal))),
        ],
        null));

    public Task<bool> PurgeAsync(string instanceId, CancellationToken cancellationToken)
    {
        Purged.Add(instanceId);
        return Task.FromResult(Instances.Remove(instanceId));
    }

    public Task<ScheduleResult> ScheduleAsync(string name, object? input, ScheduleOptions options, CancellationToken cancellationToken) =>
        throw Unused();

    public Task<OrchestrationInstance> WaitForCompletionAsync(string instanceId, CancellationToken cancellationToken) => throw Unused();

    public IAsyncEnumerable<OrchestrationInstance> WatchAsync(string instanceId, CancellationToken cancellationToken) => throw Unused();

    public Task<bool> RaiseEventAsync(string instanceId, string name, object? payload, CancellationToken cancellationToken) =>
        throw Unused();

    public Task<bool> TerminateAsync(string instanceId, string? reason, CancellationToken cancellationToken) => throw Unused();

    public Task<bool> SuspendAsync(string instanceId, string? reason, CancellationToken cancellationToken) => throw Unused();

    public Task<bool> ResumeAsync(string instanceId, string? reason, CancellationToken cancellationToken) => throw Unused();

    private static InvalidOperationException Unused() => new("Operations only look and purge.");
}
