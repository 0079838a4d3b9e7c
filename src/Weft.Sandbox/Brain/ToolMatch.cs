namespace Weft.Sandbox.Brain;

/// <summary>How well a tool does what a step says.</summary>
internal static class ToolMatch
{
    /// <summary>A lower score is chance.</summary>
    public const double Enough = 2;

    private static readonly string[] Closing = ["final_answer", "final_response", "finish", "submit_result", "submit_answer", "complete_task", "task_complete", "respond_to_user", "respond", "emit", "return_result"];

    /// <summary>The tool that fits a step best, or null when none fits.</summary>
    public static ToolSpec? Best(IReadOnlyList<ToolSpec> tools, string step)
    {
        var (tool, score) = tools.Where(tool => !IsClosing(tool)).Select(tool => (tool, Score(tool, step))).OrderByDescending(pair => pair.Item2).FirstOrDefault();
        return score >= Enough ? tool : null;
    }

    /// <summary>Whether a tool only carries the final answer.</summary>
    public static bool IsClosing(ToolSpec tool) => Closing.Contains(Labels.Key(tool.Name));

    public static VerbClass ClassOf(ToolSpec tool) => NameParts(tool).Select(Words.ClassOf).FirstOrDefault(found => found is not (VerbClass.None or VerbClass.Say));

    /// <summary>Whether calling the tool twice does no harm.</summary>
    public static bool IsReading(ToolSpec tool) => ClassOf(tool) is VerbClass.Read or VerbClass.None;

    private static double Score(ToolSpec tool, string step)
    {
        var words = Words.Of(AfterCondition(step)).ToList();
        if (words.Count == 0)
        {
            return 0;
        }

        if (step.Contains('@'))
        {
            // Whoever names an address means mail.
            words.Add("email");
        }

        if (Facts.ChannelIn(step) is not null)
        {
            words.Add("message");
        }

        var verb = Words.ClassOf(words[0]) is not VerbClass.None and var first ? first : words.Take(6).Select(Words.ClassOf).FirstOrDefault(found => found != VerbClass.None);
        var parts = NameParts(tool);
        var toolkit = Toolkit(tool);
        var named = toolkit is not null && words.Any(word => Words.Same(word, toolkit));
        if (verb == VerbClass.Say && !named)
        {
            return 0;
        }

        var own = ClassOf(tool);
        var verbOfTool = parts.FirstOrDefault(part => Words.ClassOf(part) == own && own != VerbClass.None);
        var nouns = parts.Where(part => part != verbOfTool && part != toolkit && !Words.IsFiller(part)).Distinct(StringComparer.Ordinal).ToList();
        var said = nouns.Count(noun => words.Any(word => Words.Same(word, noun)));
        var score = (2.0 * said) - (0.75 * (nouns.Count - said)) + (named ? 1.5 : 0);
        score += own == verb && verb != VerbClass.None ? 2 : verb == VerbClass.None || own == VerbClass.None ? 0 : -2.5;
        score += nouns.Exists(noun => Words.Same(words[0], noun)) ? 1.5 : 0;
        score += verbOfTool is not null && words.Take(6).Any(word => Words.Same(word, verbOfTool)) ? 1 : 0;
        if (said == 0 && !named)
        {
            // A verb alone picks no tool, unless the tool's name says nothing else.
            return nouns.Count == 0 && own == verb ? score : 0;
        }

        var description = Words.Of(tool.Description);
        return score + Math.Min(1, 0.2 * words.Where(word => word.Length > 3).Distinct(StringComparer.Ordinal).Count(word => description.Contains(word)));
    }

    /// <summary>"If X, do Y" asks for Y.</summary>
    private static string AfterCondition(string step) =>
        step.StartsWith("If ", StringComparison.OrdinalIgnoreCase) && step.IndexOf(',', StringComparison.Ordinal) is > 0 and var comma ? step[(comma + 1)..] : step;

    private static List<string> NameParts(ToolSpec tool) => [.. Words.Of(tool.Name)];

    /// <summary>The app in front of an action: <c>shopify.get_order</c>, <c>SHOPIFY_GET_ORDER</c>; null for a name that starts with its verb.</summary>
    private static string? Toolkit(ToolSpec tool)
    {
        var parts = NameParts(tool);
        return parts.Count > 1 && Words.ClassOf(parts[0]) == VerbClass.None ? parts[0] : null;
    }
}
