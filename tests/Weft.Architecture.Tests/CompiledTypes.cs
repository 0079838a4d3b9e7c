using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Weft.Architecture.Tests;

/// <summary>What the types of an assembly name: in signatures, attributes, bases and bodies.</summary>
internal static class CompiledTypes
{
    /// <summary>Each top-level type of the assembly with every type, of any assembly, that it or what is nested in it names.</summary>
    public static IEnumerable<(TypeDefinition Type, IReadOnlySet<TypeReference> Named)> Read(string path)
    {
        var assembly = AssemblyDefinition.ReadAssembly(path);
        return assembly.MainModule.Types.Select(t => (t, (IReadOnlySet<TypeReference>)new Walk().Of(t))).ToList();
    }

    /// <summary>The outermost type that declares <paramref name="type"/>, or the type itself.</summary>
    public static TypeReference Outermost(TypeReference type)
    {
        var element = type.GetElementType();
        while (element.DeclaringType is { } outer)
        {
            element = outer;
        }

        return element;
    }

    private sealed class Walk
    {
        private readonly HashSet<TypeReference> _named = new(ByName.Instance);

        public HashSet<TypeReference> Of(TypeDefinition type)
        {
            Name(type.BaseType);
            Attributes(type);
            Parameters(type);
            foreach (var implemented in type.Interfaces)
            {
                Name(implemented.InterfaceType);
            }

            foreach (var field in type.Fields)
            {
                Name(field.FieldType);
                Attributes(field);
            }

            foreach (var property in type.Properties)
            {
                Name(property.PropertyType);
                Attributes(property);
            }

            foreach (var method in type.Methods)
            {
                Signature(method);
                Attributes(method);
                Body(method);
            }

            foreach (var nested in type.NestedTypes)
            {
                Of(nested);
            }

            return _named;
        }

        private void Body(MethodDefinition method)
        {
            if (!method.HasBody)
            {
                return;
            }

            foreach (var local in method.Body.Variables)
            {
                Name(local.VariableType);
            }

            foreach (var handler in method.Body.ExceptionHandlers)
            {
                Name(handler.CatchType);
            }

            foreach (var operand in method.Body.Instructions.Select(i => i.Operand))
            {
                switch (operand)
                {
                    case TypeReference type:
                        Name(type);
                        break;
                    case FieldReference field:
                        Name(field.DeclaringType);
                        Name(field.FieldType);
                        break;
                    case MethodReference called:
                        Name(called.DeclaringType);
                        Signature(called);
                        break;
                }
            }
        }

        private void Signature(MethodReference method)
        {
            Name(method.ReturnType);
            foreach (var parameter in method.Parameters)
            {
                Name(parameter.ParameterType);
            }

            if (method is GenericInstanceMethod generic)
            {
                foreach (var argument in generic.GenericArguments)
                {
                    Name(argument);
                }
            }

            if (method is MethodDefinition definition)
            {
                Parameters(definition);
            }
        }

        private void Parameters(IGenericParameterProvider provider)
        {
            foreach (var constraint in provider.GenericParameters.SelectMany(p => p.Constraints))
            {
                Name(constraint.ConstraintType);
            }
        }

        private void Attributes(ICustomAttributeProvider provider)
        {
            foreach (var attribute in provider.CustomAttributes)
            {
                Name(attribute.AttributeType);
                foreach (var value in attribute.ConstructorArguments.Select(a => a.Value).OfType<TypeReference>())
                {
                    Name(value);
                }
            }
        }

        private void Name(TypeReference? type)
        {
            switch (type)
            {
                case null or GenericParameter:
                    return;
                case GenericInstanceType generic:
                    foreach (var argument in generic.GenericArguments)
                    {
                        Name(argument);
                    }

                    break;
                case TypeSpecification specification:
                    Name(specification.ElementType);
                    return;
            }

            _named.Add(Outermost(type));
        }
    }

    private sealed class ByName : IEqualityComparer<TypeReference>
    {
        public static readonly ByName Instance = new();

        public bool Equals(TypeReference? x, TypeReference? y) => x?.FullName == y?.FullName;

        public int GetHashCode(TypeReference type) => type.FullName.GetHashCode(StringComparison.Ordinal);
    }
}
