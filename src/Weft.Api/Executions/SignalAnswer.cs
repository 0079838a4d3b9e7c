using System.Text.Json.Nodes;
using Weft.Api.Requests;
using Weft.Workflows.Orchestration.Activities;

namespace Weft.Api.Executions;

/// <summary>A signal that is on its way.</summary>
public sealed record SignalAnswer(string ExecutionId, string SignalName, string SignalId);
