namespace Weft.Workflows.Contracts;

/// <summary>A ranking, and why it is what it is.</summary>
/// <param name="Ranked">The models to try, best first. Empty: none will do, and <see cref="Reasoning"/> says why.</param>
/// <param name="Rejected">The candidates that were left out, each with its reason.</param>
/// <param name="EstimatedTokens">What the estimate was.</param>
/// <param name="Reasoning">The choice in words and numbers.</param>
public sealed record RoutingDecision(
    IReadOnlyList<RankedModel> Ranked, IReadOnlyList<RejectedModel> Rejected, int EstimatedTokens, string Reasoning);
