using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Workflows;
using Weft.Workflows.Definitions;

namespace Weft.Agents.Workflows;

/// <summary>How a graph is drawn.</summary>
public enum GraphFormat
{
    Json,
    Mermaid,
    Dot,
}
