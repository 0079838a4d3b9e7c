namespace Weft.Api.Operations;

/// <summary>Whether it can work.</summary>
/// <param name="Status">ready or not_ready.</param>
/// <param name="Checks">Each part: ok or failed.</param>
/// <param name="WorkflowErrors">Errors in the files of the workflow folders; they keep no other workflow from running.</param>
internal sealed record ReadinessAnswer(string Status, IReadOnlyDictionary<string, string> Checks, int WorkflowErrors);
