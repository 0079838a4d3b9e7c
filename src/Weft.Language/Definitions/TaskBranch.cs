namespace Weft.Language.Definitions;

/// <summary>One of the ways between which a task decides.</summary>
/// <param name="Key">What it is called: a route's value, <c>then</c> or <c>else</c>.</param>
/// <param name="Target">The task of the same list that it leads to: an id, or a template of one.</param>
public sealed record TaskBranch(string Key, string Target);
