using Weft.Agents.Search;
using Weft.Agents.Tools.Records;

namespace Weft.Agents.Tools;

/// <summary>Chooses tools by an intent's words, by how they have done, by what the user uses, and by what works.</summary>
public sealed class ToolSelector(ToolDirectory directory, ToolRegistry registry, ToolAnalytics analytics, ToolUsageRecords usage)
{
    /// <summary>Scores the tools and picks the best.</summary>
    public async Task<ToolSelection> SelectAsync(ToolSelectionRequest request, CancellationToken cancellationToken)
    {
        var scores = await ScoreAsync(request, cancellationToken);
        var fitting = scores.Where(s => s.Intent > 0).ToList();
        if (fitting.Count == 0)
        {
            return new ToolSelection();
        }

        return new ToolSelection
        {
            SelectedTool = fitting[0].Tool,
            SelectedApp = fitting[0].Tool.Split('.')[0],
            ConfidenceScore = fitting[0].Score,
            AlternativeTools = [.. fitting.Skip(1).Take(Math.Clamp(request.Alternatives, 0, 20))],
            Explanation = fitting[0],
        };
    }

    /// <summary>The apps that may help with an intent, best first.</summary>
    public async Task<IReadOnlyList<AppSuggestion>> SuggestAppsAsync(
        string query, string? userId, int most, CancellationToken cancellationToken)
    {
        var scores = await ScoreAsync(new ToolSelectionRequest { UserIntent = query, UserId = userId }, cancellationToken);
        var apps = scores.Where(s => s.Intent > 0 || s.Preference >= 1).GroupBy(s => s.Tool.Split('.')[0], StringComparer.Ordinal)
            .Select(g => g.OrderByDescending(s => s.Score).First())
            .Select(best => new AppSuggestion(best.Tool.Split('.')[0], best.Score, best.Tool, ReasonOf(best)));
        return [.. apps.OrderByDescending(a => a.Score).ThenBy(a => a.App, StringComparer.Ordinal).Take(Math.Clamp(most, 1, 50))];
    }

    private async Task<IReadOnlyList<ToolScore>> ScoreAsync(ToolSelectionRequest request, CancellationToken cancellationToken)
    {
        var candidates = await CandidatesAsync(request.Tools, cancellationToken);
        var intent = TextIndex.WordsOf(request.UserIntent).Distinct(StringComparer.Ordinal).ToList();
        var performance = await analytics.RecentAsync(cancellationToken);
        var history = request.UserId is { } user ? await usage.OfEntityAsync(user, 50, cancellationToken) : [];
        var uses = history.CountBy(h => h.AppName, StringComparer.OrdinalIgnoreCase).ToDictionary(StringComparer.OrdinalIgnoreCase);
        var connections =
            request.UserId is { } owner ? await directory.ConnectionsAsync(owner, cancellationToken) : new Dictionary<string, bool>();
        return
        [
            .. candidates.Select(c => Score(c, intent, performance, uses, connections))
                .OrderByDescending(s => s.Score).ThenByDescending(s => s.Intent).ThenBy(s => s.Tool, StringComparer.Ordinal),
        ];
    }

    private async Task<IReadOnlyList<ResolvedTool>> CandidatesAsync(IReadOnlyList<string> specs, CancellationToken cancellationToken)
    {
        if (specs.Count == 0)
        {
            return directory.Known;
        }

        var resolved = await registry.ResolveSpecsAsync(specs, null, cancellationToken);
        var found = new List<ResolvedTool>();
        foreach (var tool in resolved.Tools.Values.SelectMany(t => t).DistinctBy(t => t.Name))
        {
            if ((await registry.ResolveAsync(tool.Name, null, cancellationToken)).Tool is { OfToolkit: true } known)
            {
                found.Add(known);
            }
        }

        return [.. found.DistinctBy(a => a.Name)];
    }

    private static ToolScore Score(
        ResolvedTool tool,
        IReadOnlyList<string> intent,
        IReadOnlyDictionary<string, ActionUsage> performance,
        IReadOnlyDictionary<string, int> uses,
        IReadOnlyDictionary<string, bool> connections)
    {
        var words = TextIndex.WordsOf(ToolDirectory.TextOf(tool)).ToHashSet(StringComparer.Ordinal);
        var name = TextIndex.WordsOf($"{tool.App} {tool.Action}".Replace('_', ' ')).ToHashSet(StringComparer.Ordinal);

        // A word of the name says more about the tool than one of its description.
        var overlap = intent.Count == 0 ? 0 : intent.Sum(w => name.Contains(w) ? 1 : words.Contains(w) ? 0.5 : 0) / intent.Count;
        var done = performance.GetValueOrDefault(tool.Name);
        var success = done?.SuccessRate ?? 0.5;
        var speed = 1 - Math.Min((done?.AvgDurationMs ?? 1_000) / 5_000, 1);
        var preference = Math.Min(uses.GetValueOrDefault(tool.App) / 10.0, 1);
        var broken = !connections.GetValueOrDefault(tool.App, true);
        var score = new ToolScore(tool.Name, 0)
        {
            Intent = Math.Round(overlap, 4),
            Performance = Math.Round(success * speed, 4),
            Preference = preference,
            Availability = broken ? 0 : 1,
        };
        return score with { Score =
            Math.Round((0.4 * score.Intent) + (0.3 * score.Performance) + (0.2 * score.Preference) + (0.1 * score.Availability), 4) };
    }

    private static string ReasonOf(ToolScore score) =>
        $"intent {score.Intent:0.00}, performance {score.Performance:0.00}, preference {score.Preference:0.00}, availability "
        + $"{score.Availability:0}";
}
