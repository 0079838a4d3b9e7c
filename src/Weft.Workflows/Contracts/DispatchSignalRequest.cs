using System.Text.Json.Nodes;

namespace Weft.Workflows.Contracts;

/// <summary>Starts every workflow that a signal of this name triggers. Delivered again, it starts none twice.</summary>
/// <param name="Scope">Whose step it is.</param>
/// <param name="CallId">The call's name within the execution, the same on every delivery: the idempotency key of the starts is made of
/// it.</param>
/// <param name="Signal">The signal's name.</param>
/// <param name="Payload">What it brings: the input of what is started.</param>
/// <param name="Depth">How deep the sender is nested; what is started is one deeper.</param>
public sealed record DispatchSignalRequest(StepScope Scope, string CallId, string Signal, JsonNode? Payload, int Depth);
