using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Weft.Agents.Agents;
using Weft.Agents.Contexts;
using Weft.Agents.Records;
using Weft.Workflows;
using Weft.Workflows.Definitions;
using Weft.Workflows.Orchestration;
using Weft.Workflows.Orchestration.Activities;
using Weft.Workflows.Schemas;

namespace Weft.Agents.Workflows;

/// <summary>What became of a start.</summary>
/// <param name="ExecutionId">The execution.</param>
/// <param name="Repeated">Whether an earlier start with the same key had started it.</param>
public sealed record StartedExecution(string ExecutionId, bool Repeated);
