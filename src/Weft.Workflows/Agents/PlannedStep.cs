using System.Text.Json.Nodes;

namespace Weft.Workflows.Agents;

/// <summary>One step of a code agent's plan.</summary>
/// <param name="Id">The name by which later steps refer to it.</param>
/// <param name="Tool">The tool.</param>
/// <param name="Arguments">The arguments, with references to the outputs of earlier steps.</param>
/// <param name="Description">What it is for.</param>
/// <param name="DependsOn">The steps that must have succeeded.</param>
internal sealed record PlannedStep(string Id, string Tool, JsonObject Arguments, string? Description, IReadOnlyList<string> DependsOn);
