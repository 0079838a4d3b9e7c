using Microsoft.Azure.WebJobs;

namespace Weft.Functions.TestHost.Durable;

/// <summary>Tells the SDK which types have functions.</summary>
internal sealed class TypeLocator(params Type[] types) : ITypeLocator
{
    public IReadOnlyList<Type> GetTypes() => types;
}
