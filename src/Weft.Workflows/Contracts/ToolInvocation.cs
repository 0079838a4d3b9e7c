using System.Text.Json.Nodes;

namespace Weft.Workflows.Contracts;

/// <summary>A tool call that a model asked for.</summary>
/// <param name="Id">The model's id for it.</param>
/// <param name="Name">The name as the model wrote it (<see cref="ToolReference.ModelName"/>).</param>
/// <param name="Arguments">The arguments; null when they were no JSON object, and then <paramref name="ArgumentsError"/> says so.</param>
/// <param name="ArgumentsError">What was wrong with the arguments.</param>
public sealed record ToolInvocation(string Id, string Name, JsonObject? Arguments, string? ArgumentsError = null);
