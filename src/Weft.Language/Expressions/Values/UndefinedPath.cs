namespace Weft.Language.Expressions.Values;

/// <summary>Where a path left the data: what the error or the warning says.</summary>
/// <param name="Path">The path up to the segment that was not found, such as <c>tasks.triage.ouput</c>.</param>
/// <param name="Segment">The segment that was not found.</param>
/// <param name="Container">What was asked for it; <see cref="ValueKind.Absent"/> for the scope.</param>
/// <param name="Offset">Where in the template the path is written.</param>
internal sealed record UndefinedPath(string Path, string Segment, Value Container, int Offset);
