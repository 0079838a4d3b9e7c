using System.Runtime.CompilerServices;
using Weft.Agents.Models.Calls;
using Weft.Agents.Telemetry;
using Weft.Runtime.Executions;
using Weft.Runtime.Operations;

namespace Weft.Runtime.Telemetry;

/// <summary>All instruments of the product.</summary>
public static class ProductMetrics
{
    /// <summary>Makes every instrument known, so that what has not happened yet is listed too.</summary>
    public static void Publish()
    {
        foreach (var type in (Type[])[typeof(DashboardMetrics), typeof(WorkflowMetrics), typeof(ModelMetrics), typeof(OperationsMetrics)])
        {
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        }
    }
}
