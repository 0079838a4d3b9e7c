namespace Weft.Api.Executions;

/// <summary>Where to go on with an execution.</summary>
internal sealed record ExecutionLinks(string Self, string Trace, string Events, string Cancel);
