using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Agents.Credentials;
using Weft.Agents.Records;
using Weft.Workflows;
using Weft.Workflows.Definitions;
using Weft.Workflows.Expressions;
using Weft.Workflows.Orchestration.Activities;
using Weft.Workflows.Schemas;

namespace Weft.Agents.Workflows.Triggers;

/// <summary>One delivery as it came.</summary>
/// <param name="Slug">The hook.</param>
/// <param name="Body">The bytes that are signed.</param>
/// <param name="Headers">By name, in any case.</param>
/// <param name="Query">By name.</param>
public sealed record WebhookDelivery(string Slug, ReadOnlyMemory<byte> Body, IReadOnlyDictionary<string, string> Headers, IReadOnlyDictionary<string, string> Query);
