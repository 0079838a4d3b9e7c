namespace Weft.Api.Hooks;

/// <summary>What became of a delivery.</summary>
/// <param name="Status">accepted, or no_matching_event.</param>
/// <param name="Event">The event that it was.</param>
/// <param name="ExecutionIds">What was started.</param>
internal sealed record HookAnswer(string Status, string? Event, IReadOnlyList<string> ExecutionIds);
