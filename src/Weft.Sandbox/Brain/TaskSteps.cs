using System.Text.RegularExpressions;

namespace Weft.Sandbox.Brain;

/// <summary>The steps that a text asks for: its numbered lines, or its clauses when it has none.</summary>
internal static partial class TaskSteps
{
    public static IReadOnlyList<string> In(string text)
    {
        text = Fenced().Replace(text, string.Empty);
        var numbered = text.Split('\n').Select(line => Numbered().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value.Trim()).ToList();
        return numbered.Count > 0 ? numbered : [.. Clauses(text)];
    }

    public static bool AsksForParallel(string text) => Parallel().IsMatch(text);

    private static IEnumerable<string> Clauses(string text) =>
        Separator().Split(text).Select(clause => Lead().Replace(clause.Trim(), string.Empty)).Where(clause => clause.Length > 3 && !clause.EndsWith(':') && !Edge().IsMatch(clause));

    [GeneratedRegex("```.*?(?:```|$)", RegexOptions.Singleline)]
    private static partial Regex Fenced();

    [GeneratedRegex(@"^\s*(?:step\s+)?\d+[.):]\s+(.+)$", RegexOptions.IgnoreCase)]
    private static partial Regex Numbered();

    [GeneratedRegex(@"(?:[.!?;](?:\s+|$))|\n+|,?\s+(?:and\s+)?then\s+|,\s+and\s+|,\s+(?=[a-z]+\s+(?:the|a|an|it|them|me|us|#|to)\b)|\s+and\s+(?=(?:get|fetch|find|check|look|send|email|notify|post|tell|create|generate|open|update|set|mark|cancel|refund|list|search|issue|let)\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Separator();

    [GeneratedRegex(@"^(?:goal|task|request|please|can you|could you|i want you to|i need you to|you should|also|finally|first|next|and)\b[:,]?\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Lead();

    [GeneratedRegex(@"→|->|=>|^\s*[-*]?\s*(?:tools?|available|context|output|format|schema|rules?|edge cases?)\b.*:|^(?:no such|not found|too (?:old|late)|returned already|already returned|expired|otherwise|unless|in case|[{}\[\]""`])", RegexOptions.IgnoreCase)]
    private static partial Regex Edge();

    [GeneratedRegex(@"\b(?:in parallel|simultaneously|at the same time|concurrently)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Parallel();
}
