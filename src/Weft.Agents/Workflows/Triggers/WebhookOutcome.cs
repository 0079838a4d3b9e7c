using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Agents.Credentials;
using Weft.Agents.Records;
using Weft.Workflows;
using Weft.Workflows.Definitions;
using Weft.Workflows.Expressions;
using Weft.Workflows.Orchestration.Activities;
using Weft.Workflows.Schemas;

namespace Weft.Agents.Workflows.Triggers;

/// <summary>What a delivery led to.</summary>
/// <param name="Event">The event that it was; null: none of a name.</param>
/// <param name="Executions">What was started; empty: no event's filter was met.</param>
public sealed record WebhookOutcome(string? Event, IReadOnlyList<StartedExecution> Executions);
