using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weft.Agents.Tools;
using Weft.Runtime.Cards;
using Weft.Runtime.Registry;

namespace Weft.Runtime.Operations;

/// <summary>
/// Lets the tools' providers fetch at the start what workflows and agents need, so that no run waits for it, and tells unknown names early.
/// </summary>
/// <remarks>
/// The start of the host waits at most <see cref="ToolRegistry.StartTimeoutAsync"/>; an unreachable provider is a warning, never a
/// failed start.
/// </remarks>
internal sealed class ToolDiscovery(
    WorkflowRegistry workflows,
    AgentRegistry agents,
    ToolRegistry registry,
    TimeProvider time,
    ILogger<ToolDiscovery> logger) : BackgroundService
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken);
        var longest = await registry.StartTimeoutAsync(cancellationToken);
        if (longest <= TimeSpan.Zero)
        {
            return;
        }

        try
        {
            await _done.Task.WaitAsync(longest, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            logger.DiscoveryContinues(longest);
        }
    }

    /// <summary>Fetches once what is needed now.</summary>
    internal async Task<IReadOnlyList<string>> DiscoverAsync(CancellationToken cancellationToken)
    {
        var warnings = new List<string>();
        foreach (var version in await workflows.ListAsync(cancellationToken))
        {
            if (await workflows.FindAsync(version.Id, cancellationToken) is { } workflow)
            {
                var specs = WorkflowSteps.ToolNames(workflow.Definition).Where(n => n.Contains('.', StringComparison.Ordinal)).ToList();
                warnings.AddRange(
                    (await registry.DiscoverAsync(specs, workflow.Definition, cancellationToken)).Select(
                        w => $"workflow '{version.Id}': {w}"));
            }
        }

        foreach (var agent in await agents.ListAsync(new AgentQuery(), cancellationToken))
        {
            warnings.AddRange(
                (await registry.DiscoverAsync(agent.Card.Tools, null, cancellationToken)).Select(w => $"agent '{agent.Card.Name}': {w}"));
        }

        return warnings;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Yield();
            foreach (var warning in await DiscoverAsync(stoppingToken))
            {
                logger.SpecWarning(warning);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (Exception exception)
        {
            // Discovery is a service to the runs, which look names up themselves: no reason to end the host.
            logger.SpecsUnavailable(exception);
        }
        finally
        {
            _done.TrySetResult();
        }
    }
}
