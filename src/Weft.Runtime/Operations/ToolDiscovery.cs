using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weft.Agents.Tools;
using Weft.Agents.Tools.Composio;
using Weft.Runtime.Cards;
using Weft.Runtime.Records;
using Weft.Runtime.Registry;

namespace Weft.Runtime.Operations;

/// <summary>Fetches at the start what the registered workflows and agents need of Composio, so that no run waits for it, and unknown names are told early.</summary>
/// <remarks>The start of the host waits at most <see cref="ComposioOptions.StartTimeout"/>; an unreachable Composio is a warning, never a failed start.</remarks>
internal sealed class ToolDiscovery(
    ComposioCatalog catalog,
    ToolRegistry registry,
    IOptions<ComposioOptions> options,
    TimeProvider time,
    ILogger<ToolDiscovery> logger,
    WorkflowRegistry? workflows = null,
    AgentRegistry? agents = null) : BackgroundService
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken);
        if (options.Value.StartTimeout <= TimeSpan.Zero)
        {
            return;
        }

        try
        {
            await _done.Task.WaitAsync(options.Value.StartTimeout, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            logger.DiscoveryContinues(options.Value.StartTimeout);
        }
    }

    /// <summary>Fetches once what is needed now.</summary>
    internal async Task<IReadOnlyList<string>> DiscoverAsync(CancellationToken cancellationToken)
    {
        if (!catalog.Configured)
        {
            return [];
        }

        var warnings = new List<string>();
        foreach (var version in workflows is null ? [] : await workflows.ListAsync(cancellationToken))
        {
            if (workflows is not null && await workflows.FindAsync(version.Id, cancellationToken) is { } workflow)
            {
                var apps = workflow.Definition.ComposioApps.SelectMany(a => a.Actions.Select(x => $"{a.Name}.{x}"));
                var specs = WorkflowSteps.ToolNames(workflow.Definition).Where(n => n.Contains('.', StringComparison.Ordinal)).Concat(apps);
                warnings.AddRange((await registry.ResolveSpecsAsync(specs, workflow.Definition, cancellationToken)).Warnings.Select(w => $"workflow '{version.Id}': {w}"));
            }
        }

        foreach (var agent in agents is null ? [] : await agents.ListAsync(new AgentQuery(), cancellationToken))
        {
            warnings.AddRange((await registry.ResolveSpecsAsync(agent.Card.Tools, null, cancellationToken)).Warnings.Select(w => $"agent '{agent.Card.Name}': {w}"));
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
