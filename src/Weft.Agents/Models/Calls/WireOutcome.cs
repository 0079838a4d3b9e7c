using Microsoft.Extensions.AI;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Models.Calls;

/// <summary>What came over the wire: an answer or a failure.</summary>
/// <param name="Response">The answer.</param>
/// <param name="Failure">The failure.</param>
/// <param name="Call">The call as it was made in the end.</param>
/// <param name="LatencyMs">From request to whole answer.</param>
internal sealed record WireOutcome(ChatResponse? Response, ModelFailure? Failure, PreparedCall Call, long LatencyMs);
