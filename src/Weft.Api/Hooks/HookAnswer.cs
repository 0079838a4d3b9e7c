using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weft.Agents.Workflows.Triggers;
using Weft.Api.Problems;
using Weft.Api.Requests;
using Weft.Api.Security;

namespace Weft.Api.Hooks;

/// <summary>What became of a delivery.</summary>
/// <param name="Status">accepted, or no_matching_event.</param>
/// <param name="Event">The event that it was.</param>
/// <param name="ExecutionIds">What was started.</param>
public sealed record HookAnswer(string Status, string? Event, IReadOnlyList<string> ExecutionIds);
