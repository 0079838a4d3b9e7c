using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weft.Agents.Records;
using Weft.Agents.Workflows;
using Weft.Api.Security;
using Weft.Workflows.Definitions;
using Weft.Workflows.Orchestration;

namespace Weft.Api.Operations;

/// <summary>Whether it can work.</summary>
/// <param name="Status">ready or not_ready.</param>
/// <param name="Checks">Each part: ok or failed.</param>
/// <param name="WorkflowErrors">Errors in the files of the workflow folders; they keep no other workflow from running.</param>
public sealed record ReadinessAnswer(string Status, IReadOnlyDictionary<string, string> Checks, int WorkflowErrors);
