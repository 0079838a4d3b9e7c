using System.Text.Json.Nodes;
using Weft.Embedded.Replay;

namespace Weft.EndToEnd.Histories;

/// <summary>What an instance did that lived through a history.</summary>
/// <param name="Decided">Its decisions, by step.</param>
/// <param name="Inputs">What it gave to each step, by what <see cref="HistoryEvent.ToString"/> says.</param>
/// <param name="Outcome">How it ended.</param>
internal sealed record Relived(IReadOnlyList<HistoryEvent> Decided, JsonObject Inputs, Outcome? Outcome);
