/*
 * Java
 *
 * Copyright 2026 The Thimble authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.thimble.aot;

import org.teavm.model.BasicBlock;
import org.teavm.model.ClassHolder;
import org.teavm.model.ClassHolderTransformer;
import org.teavm.model.ClassHolderTransformerContext;
import org.teavm.model.Instruction;
import org.teavm.model.MethodHolder;
import org.teavm.model.Program;
import org.teavm.model.Variable;
import org.teavm.model.instructions.BinaryInstruction;
import org.teavm.model.instructions.BinaryOperation;
import org.teavm.model.instructions.IntegerConstantInstruction;
import org.teavm.model.instructions.NumericOperandType;

/**
 * Masks the distance of every shift, as the Java language wants it (JLS §15.19). TeaVM 0.15 hands it to C as it is, where a distance of 32
 * or more is undefined, and is zero bits left on an ARM core where Java shifts by the distance modulo 32.
 */
final class ShiftTransformer implements ClassHolderTransformer {

	@Override
	public void transformClass(ClassHolder type, ClassHolderTransformerContext context) {
		for (MethodHolder method : type.getMethods()) {
			Program program = method.getProgram();
			if (program != null) {
				mask(program);
			}
		}
	}

	private static void mask(Program program) {
		for (BasicBlock block : program.getBasicBlocks()) {
			for (Instruction instruction : block) {
				if (instruction instanceof BinaryInstruction shift && isShift(shift.getOperation())) {
					mask(shift, program);
				}
			}
		}
	}

	private static void mask(BinaryInstruction shift, Program program) {
		IntegerConstantInstruction constant = new IntegerConstantInstruction();
		constant.setConstant(shift.getOperandType() == NumericOperandType.LONG ? 63 : 31);
		constant.setReceiver(program.createVariable());
		constant.setLocation(shift.getLocation());
		Variable distance = program.createVariable();
		BinaryInstruction and = new BinaryInstruction(BinaryOperation.AND, NumericOperandType.INT);
		and.setFirstOperand(shift.getSecondOperand());
		and.setSecondOperand(constant.getReceiver());
		and.setReceiver(distance);
		and.setLocation(shift.getLocation());
		shift.insertPrevious(constant);
		shift.insertPrevious(and);
		shift.setSecondOperand(distance);
	}

	private static boolean isShift(BinaryOperation operation) {
		switch (operation) {
		case SHIFT_LEFT:
		case SHIFT_RIGHT:
		case SHIFT_RIGHT_UNSIGNED:
			return true;
		default:
			return false;
		}
	}
}
