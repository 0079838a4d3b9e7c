namespace Weft.Agents.Tools;

/// <summary>How well a tool fits, and why.</summary>
/// <param name="Tool">The tool: <c>app.action</c>.</param>
/// <param name="Score">0 to 1: 0.4 intent + 0.3 performance + 0.2 preference + 0.1 availability.</param>
public sealed record ToolScore(string Tool, double Score)
{
    /// <summary>Gets the share of the intent's words that the tool's words hold.</summary>
    public double Intent { get; init; }

    /// <summary>Gets success rate times speed (1 at 0 ms, 0 at 5 s); a tool without history counts as half as good, at 1 s.</summary>
    public double Performance { get; init; }

    /// <summary>Gets how often the user used the app, 1 from 10 times on.</summary>
    public double Preference { get; init; }

    /// <summary>Gets 1, or 0 when the user's connection to the app is known not to work.</summary>
    public double Availability { get; init; }
}
