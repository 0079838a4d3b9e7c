namespace Weft.Workflows.Contracts;

/// <summary>A candidate that cannot take the call.</summary>
public sealed record RejectedModel(string Name, string Reason);
