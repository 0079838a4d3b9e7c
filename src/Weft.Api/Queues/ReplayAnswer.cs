namespace Weft.Api.Queues;

/// <summary>A dead letter is on its way again.</summary>
internal sealed record ReplayAnswer(string Queue, string Sequence);
