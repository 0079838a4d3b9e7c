using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Weft.Agents.Contexts;
using Weft.Agents.Records;
using Weft.Workflows;
using Weft.Workflows.Orchestration;
using Weft.Workflows.Orchestration.Activities;

namespace Weft.Agents.Tools;

/// <summary>What a batch came to; results in the order of the request.</summary>
public sealed record BatchOutcome(
    string BatchId, int TotalActions, int SuccessfulActions, int FailedActions, IReadOnlyList<DirectResult> Results, long TotalTimeMs);
